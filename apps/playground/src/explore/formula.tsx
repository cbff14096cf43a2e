import type { ComponentChildren } from 'preact';
import { shortText } from '../state/number-text.ts';
import type { State } from './state.ts';

/** The formula that the probabilities are of, in MathML: it is read aloud, and grows with the text. */
export function Formula({ state }: { readonly state: State }) {
  const { alpha } = state;
  return (
    <math display="block" class="shown">
      <mrow>
        <Sub of="p" by="k" />
        <mo>=</mo>
        {alpha === 1 && <OfSoftmax state={state} />}
        {alpha > 1 && alpha < Number.POSITIVE_INFINITY && <OfEntmax state={state} />}
        {alpha === Number.POSITIVE_INFINITY && <OfHardmax state={state} />}
      </mrow>
    </math>
  );
}

/** exp of each over the sum. */
function OfSoftmax({ state }: { readonly state: State }) {
  const { sink } = state;
  return (
    <mfrac>
      <Power>
        <Exponent state={state} by="k" />
      </Power>
      <mrow>
        {sink !== undefined && (
          <>
            <Power>
              <OverT state={state}>
                <mn>{shortText(sink)}</mn>
              </OverT>
            </Power>
            <mo>+</mo>
          </>
        )}
        <SumOver state={state} />
        <Power>
          <Exponent state={state} by="j" />
        </Power>
      </mrow>
    </mfrac>
  );
}

/** Above a threshold that makes the sum 1. */
function OfEntmax({ state }: { readonly state: State }) {
  const { alpha } = state;
  const scale = alpha - 1;
  const clipped = (
    <msub>
      <mrow>
        <mo>[</mo>
        {scale !== 1 && <mn>{shortText(scale)}</mn>}
        {scale !== 1 && <mo>·</mo>}
        <Exponent state={state} by="k" />
        <mo>−</mo>
        <mi>τ</mi>
        <mo>]</mo>
      </mrow>
      <mo>+</mo>
    </msub>
  );
  return (
    <>
      {scale === 1 ? (
        clipped
      ) : (
        <msup>
          {clipped}
          <mn>{shortText(1 / scale)}</mn>
        </msup>
      )}
      <mtext>&nbsp; with τ such that&nbsp; </mtext>
      <SumOver state={state} />
      <Sub of="p" by="j" />
      <mo>=</mo>
      <mn>1</mn>
    </>
  );
}

function OfHardmax({ state }: { readonly state: State }) {
  return (
    <>
      <mn>1</mn>
      <mtext>&nbsp; where&nbsp; </mtext>
      <Exponent state={state} by="k" />
      <mtext>&nbsp; is the first largest, else&nbsp; </mtext>
      <mn>0</mn>
    </>
  );
}

/** The logit with its noise and its temperature. */
function Exponent({ state, by }: { readonly state: State; readonly by: string }) {
  const noisy = state.seed !== undefined;
  const bracket = noisy && state.temperature !== 1;
  return (
    <OverT state={state}>
      <mrow>
        {bracket && <mo>(</mo>}
        <Sub of="x" by={by} />
        {noisy && <mo>+</mo>}
        {noisy && <Sub of="g" by={by} />}
        {bracket && <mo>)</mo>}
      </mrow>
    </OverT>
  );
}

function OverT({ state, children }: { readonly state: State; readonly children: ComponentChildren }) {
  if (state.temperature === 1) return <>{children}</>;
  return (
    <mrow>
      {children}
      <mo>/</mo>
      <mn>{shortText(state.temperature)}</mn>
    </mrow>
  );
}

/** With what it runs over below it. */
function SumOver({ state }: { readonly state: State }) {
  const all = state.allowed.every(Boolean);
  return (
    <mrow displaystyle={true}>
      <munder>
        <mo>∑</mo>
        <mrow>
          <mi>j</mi>
          {!all && <mtext>&nbsp;allowed</mtext>}
        </mrow>
      </munder>
    </mrow>
  );
}

const Power = ({ children }: { readonly children: ComponentChildren }) => (
  <msup>
    <mi>e</mi>
    <mrow>{children}</mrow>
  </msup>
);

const Sub = ({ of, by }: { readonly of: string; readonly by: string }) => (
  <msub>
    <mi>{of}</mi>
    <mi>{by}</mi>
  </msub>
);
