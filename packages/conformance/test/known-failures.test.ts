import { expect, test } from 'vitest';
import { CASES } from '../src/plan/cases.ts';

/** What systems in use got wrong: each is the mistake of a case. */
const FAILURES = [
  'pytorch #41508',
  'pytorch #103749',
  'onnxruntime #4129',
  'burn #4697',
  'mlx #1467',
  'openvino #35897',
  'onnxruntime #28461',
  '−93.13',
  'mindspore #378',
  'tfjs #5394',
  '#7588',
  'pytorch #113708',
  'scipy #19521',
  'pytorch #70348',
  'pytorch #69339',
  '#72056',
  '#73205',
  '#91383',
  '#104776',
  'pytorch #12670',
  'pytorch #22442',
  '#101620',
  'pytorch #184031',
  'onnx #5655',
  'onnxruntime #20710',
  '#22176',
  'onnxruntime #23906',
  'onnxruntime #32299',
  'onnxruntime #24577',
  'burn #4815',
  'tensorflow #22259',
  'tensorflow/addons #2314',
  'entmax #9',
  '#19',
  'onnxruntime #21673',
  'onnxruntime #27592',
  'onnxruntime #13445',
  'WGSL',
];

test.each(FAILURES)('%s is the mistake of a case', (failure) => {
  const named = CASES.filter(({ mistake }) => mistake.includes(failure));
  expect(named.map(({ name }) => name)).not.toEqual([]);
});
