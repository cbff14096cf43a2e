import { classifier, float, value } from './classifier.ts';
import { onnx } from './proto.ts';
import { encoded, rebuilt, type ValidModel, withGraph } from './rebuilt.ts';
import { VALID_WEIGHTS } from './valid-weights.ts';
import { bytes, pieces, text, UNKNOWN } from './wire.ts';

const W = [1, 2, 3, 4, 5, 6];
const Y = float('y', [3], [0.5, -0.5, 0]);
const MATMUL = { opType: 'MatMul', input: ['x', 'W'], output: ['softmax/product'] };
const ADD = { opType: 'Add', input: ['softmax/product', 'y'], output: ['logits'] };

const local = {
  domain: 'com.example',
  name: 'Affine',
  input: ['a', 'mask'],
  output: ['target'],
  node: [
    { opType: 'MatMul', input: ['a', 'mask'], output: ['p'] },
    { opType: 'Identity', input: ['p'], output: ['target'] },
  ],
  opsetImport: [{ domain: '', version: 17 }],
};

const branch = (name: string) => ({
  name,
  node: [{ opType: 'MatMul', input: ['x', 'W'], output: [`${name}/p`] }],
  output: [value(`${name}/p`, 1, ['batch', 3])],
});

const training = {
  initialization: {
    name: 'start',
    node: [{ opType: 'Identity', input: ['W'], output: ['y_1'] }],
    output: [value('y_1', 1, [2, 3])],
  },
  algorithm: {
    name: 'step',
    node: [{ opType: 'Identity', input: ['W'], output: ['target'] }],
    output: [value('target', 1, [2, 3])],
  },
  updateBinding: [{ key: 'W', value: 'target' }],
};

/** Before form 4 every constant is an input too. */
const oldest = classifier({
  ir: 3,
  graph: { input: [value('x', 1, ['batch', 2]), value('W', 1, [2, 3]), value('y', 1, [3])] },
});

export const VALID: readonly ValidModel[] = [
  ...VALID_WEIGHTS,
  {
    what: 'functions of its own',
    model: encoded(
      (model) => {
        model.functions = [onnx.FunctionProto.fromObject(local)];
      },
      classifier({
        graph: {
          node: [
            { opType: 'Affine', domain: 'com.example', input: ['x', 'W'], output: ['softmax/product'] },
            ADD,
          ],
        },
      }),
    ),
  },
  {
    what: 'subgraphs that see what is outside',
    model: classifier({
      graph: {
        node: [
          {
            opType: 'ReduceMax',
            input: ['x'],
            output: ['most'],
            attribute: [{ name: 'keepdims', type: 2, i: 0 }],
          },
          { opType: 'Greater', input: ['most', 'most'], output: ['mask'] },
          {
            opType: 'If',
            input: ['mask'],
            output: ['softmax/product'],
            attribute: [
              { name: 'then_branch', type: 5, g: branch('then') },
              { name: 'else_branch', type: 5, g: branch('else') },
            ],
          },
          ADD,
        ],
      },
    }),
  },
  {
    what: 'metadata of the model, of its graph and of a node',
    model: withGraph((graph) => [
      ...graph,
      ...bytes(16, [...text(1, 'owner'), ...text(2, 'me')]),
      ...bytes(1, [
        ...text(1, 'x'),
        ...text(2, 'unused'),
        ...text(4, 'Identity'),
        ...bytes(9, [...text(1, 'layer'), ...text(2, '7')]),
      ]),
    ]),
  },
  {
    what: 'fields that nobody knows, in the model and in its graph',
    model: Uint8Array.from([...withGraph((graph) => [...UNKNOWN, ...graph, ...UNKNOWN]), ...UNKNOWN]),
  },
  {
    what: 'five sets of operators, the standard one last and by its other name',
    model: encoded(
      (model) => {
        const domains = ['com.microsoft', 'ai.onnx.ml', 'com.more'].map((domain) => ({ domain, version: 1 }));
        const own = model.opsetImport.splice(0, 1);
        model.opsetImport.push(...domains.map((each) => onnx.OperatorSetIdProto.fromObject(each)), ...own);
      },
      classifier({ domain: 'ai.onnx' }),
    ),
  },
  { what: 'form 3, whose constants are inputs', model: oldest },
  ...[4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((ir) => ({ what: `form ${ir}`, model: classifier({ ir }) })),
  { what: 'numbers longer than they need be', model: withGraph((graph) => graph, 9) },
  {
    what: 'annotations of quantisation',
    model: encoded(({ graph }) => {
      const annotation = {
        tensorName: 'logits',
        quantParameterTensorNames: [{ key: 'SCALE_TENSOR', value: 'y' }],
      };
      graph?.quantizationAnnotation?.push(onnx.TensorAnnotation.fromObject(annotation));
    }),
  },
  {
    what: 'a training that sees its values',
    model: encoded((model) => {
      model.trainingInfo = [onnx.TrainingInfoProto.fromObject(training)];
    }),
  },
  {
    what: 'a graph in two pieces',
    model: rebuilt((fields, graph) => {
      const cut = pieces(Uint8Array.from(graph))[0]?.raw.length ?? 0;
      const [head, tail] = [graph.slice(0, cut / 2), graph.slice(cut / 2)];
      return fields.flatMap((each) => (each[0] === 58 ? [...bytes(7, head), ...bytes(7, tail)] : each));
    }),
  },
  { what: 'its fields in another order', model: rebuilt((fields) => [...fields].reverse().flat()) },
  {
    what: 'names beyond ASCII, and inputs that are left out',
    model: classifier({
      graph: {
        node: [
          { ...MATMUL, output: ['été/p'], name: 'naïve ≥ 3' },
          { opType: 'Clip', input: ['été/p', '', 'größte'], output: ['softmax/product'] },
          ADD,
        ],
        initializer: [float('W', [2, 3], W), Y, float('größte', [], [1e9])],
      },
    }),
  },
];
