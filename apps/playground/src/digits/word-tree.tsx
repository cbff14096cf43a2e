import { useComputed, useSignal } from '@preact/signals';
import { numberText } from '../state/number-text.ts';
import { change } from './state.ts';
import { TreeDrawing } from './tree-drawing.tsx';
import { chancesOf, meanDecisions, pathTo, TEXT, vocabularyOf } from './vocabulary.ts';

/** A small vocabulary as a Huffman tree: a word costs the decisions on its path instead of a sum over all words. */
export function WordTree({ chosen }: { readonly chosen: string }) {
  const text = useSignal(TEXT);
  const found = useComputed(() => vocabularyOf(text.value));
  const vocabulary = found.value;
  const word = Math.max(0, vocabulary?.words.indexOf(chosen) ?? 0);
  const chances = vocabulary && chancesOf(vocabulary, word);
  return (
    <section class="card words" aria-labelledby="words-title">
      <h2 id="words-title">A vocabulary as a tree</h2>
      <p>
        Hierarchical softmax does not compare a word with all others: it walks down a tree and multiplies the
        share of every turn. Frequent words sit near the root. Change the text, pick a word.
      </p>
      <textarea
        rows={3}
        value={text.value}
        aria-label="Text whose words are counted"
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
      />
      {!vocabulary && <p role="alert">Write at least two different words.</p>}
      {vocabulary && chances && (
        <>
          <fieldset class="row">
            <legend class="unseen">Word</legend>
            {vocabulary.words.map((each, k) => (
              <button
                key={each}
                type="button"
                aria-pressed={k === word}
                onClick={() => change({ word: each })}
              >
                {each} <small>{vocabulary.counts[k]}</small>
              </button>
            ))}
          </fieldset>
          <TreeDrawing vocabulary={vocabulary} word={word} />
          <dl class="figures" aria-live="polite">
            <Cost
              name={`decisions to “${vocabulary.words[word]}”`}
              value={pathTo(vocabulary, word).length - 1}
            />
            <Cost name="on the average" value={meanDecisions(vocabulary)} />
            <Cost name="terms of the flat softmax" value={vocabulary.words.length} />
            <Cost name="p by the path" value={chances.byPath} />
            <Cost name="p by the flat softmax" value={chances.flat} />
          </dl>
        </>
      )}
    </section>
  );
}

function Cost({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <data value={String(value)}>{Number.isInteger(value) ? value : numberText(value, 4)}</data>
      </dd>
    </div>
  );
}
