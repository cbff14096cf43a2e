import type { Kernel, Kernels } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { eachRows } from '../rows.ts';
import { reduced } from './reduced.ts';

type Loss = Kernel<'hierarchicalLoss', WasmBuffer, 'sync'>;
type LossAndGradient = Kernel<'hierarchicalLossGrad', WasmBuffer, 'sync'>;
type Problem = Kernels['hierarchicalLoss']['problem'];
type Inputs = Parameters<Loss>[1] & { readonly dy?: WasmBuffer | undefined };

/** The loss along the paths of a tree. */
export const hierarchicalLoss =
  (memory: Memory): Loss =>
  (p, inputs) => ({ loss: solve(memory, p, inputs).loss });

export const hierarchicalLossGrad =
  (memory: Memory): LossAndGradient =>
  (p, inputs) => {
    const { dtype, n, logits, touched } = p;
    const { h, steps, tokens, places } = inputs;
    const { transpose } = memory.exports;
    const dh = memory.allocate(dtype, h.length);
    const dweight = memory.allocate(dtype, touched * n);
    const dbias = memory.allocate(dtype, touched);
    const [starts, list] = [memory.scratch('int32', touched + 2), memory.scratch('int32', logits)];
    const [factors, sums] = [memory.scratch('float64', logits), memory.scratch('float64', touched)];
    const { loss, z } = solve(memory, p, inputs, dh);
    transpose(
      places.ptr,
      steps.ptr,
      tokens.ptr,
      z.ptr,
      logits,
      touched,
      starts.ptr,
      list.ptr,
      factors.ptr,
      sums.ptr,
    );
    memory.convert(sums, dbias);
    eachRows(memory, { ...p, outer: touched }, { x: h }, {}, (call, at) =>
      call.combinations(h.ptr, starts.ptr, list.ptr, factors.ptr, n, dweight.ptr, at.first, at.rows),
    );
    const rows = memory.upload(memory.view(inputs.touched).slice(), 'int32');
    return { loss, dh, rows, dweight, dbias };
  };

/** The losses of the tokens; z contains the logits, or their cotangents if there is a dh. */
function solve(memory: Memory, p: Problem, inputs: Inputs, dh?: WasmBuffer) {
  const { h, weight, bias, weights, dy, logits, steps, tokens, chosen } = inputs;
  const z = memory.scratch('float64', p.logits);
  const loss = reduced(memory, p, (losses) =>
    eachRows(memory, p, { x: h }, {}, (call, { first, rows }) =>
      call.hierarchicalLoss(
        h.ptr,
        weight.ptr,
        bias?.ptr ?? 0,
        weights.ptr,
        dy?.ptr ?? 0,
        logits.ptr,
        steps.ptr,
        tokens.ptr,
        chosen.ptr,
        z.ptr,
        losses,
        dh?.ptr ?? 0,
        first,
        rows,
        p.steps,
        p.logits,
        p.n,
        p.denominator,
      ),
    ),
  );
  return { loss, z };
}
