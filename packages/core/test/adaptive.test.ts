import { describe, expect, test } from 'vitest';
import {
  type AdaptiveParameters,
  adaptiveLogProb,
  adaptiveLogProbGrad,
  adaptiveLoss,
  adaptiveLossGrad,
  adaptiveSoftmax,
  cpu,
  createSoftmax,
} from '../src/index.ts';
import * as ops from '../src/ops/index.ts';

const values = (t: { data(): ArrayLike<number> } | undefined) => Array.from(t?.data() ?? []);
const fill = (length: number, a: number) => Float64Array.from({ length }, (_, k) => Math.sin(a * (k + 1)));
const matrix = (rows: number, columns: number, a: number) => ({
  data: fill(rows * columns, a),
  shape: [rows, columns],
});
const near = (got: readonly number[], wanted: readonly number[], error = 1e-13) => {
  expect(got.length).toBe(wanted.length);
  for (const [k, value] of wanted.entries())
    expect(Math.abs((got[k] as number) - value), `[${k}]`).toBeLessThan(error);
};

const h = matrix(4, 4, 0.9);
const target = [1, 3, 8, 5];
const parameters: AdaptiveParameters = {
  cutoffs: [3, 5],
  head: matrix(5, 4, 1.1),
  headBias: fill(5, 0.7),
  tails: [
    { projection: matrix(2, 4, 1.3), weight: matrix(2, 2, 1.7) },
    { projection: matrix(1, 4, 2.1), weight: matrix(4, 1, 2.3) },
  ],
};

/*
 * PyTorch 1.13 in float64:
 *   fill = lambda n, a: torch.tensor([math.sin(a * (k + 1)) for k in range(n)])
 *   m = torch.nn.AdaptiveLogSoftmaxWithLoss(4, 9, cutoffs=[3, 5], div_value=2, head_bias=True)
 *   for a, p in zip([1.1, .7, 1.3, 1.7, 2.1, 2.3], [m.head.weight, m.head.bias, *(w.weight for t in m.tail for w in t)]):
 *       p.copy_(fill(p.numel(), a).reshape(p.shape))
 *   h = fill(16, .9).reshape(4, 4).requires_grad_(); out, loss = m(h, torch.tensor([1, 3, 8, 5])); loss.backward()
 *   out; loss; m.log_prob(h); h.grad; the .grad of the parameters in the order above
 */
const OUT = [-2.1653281192038, -7.41935544867284, -5.52109005738844, -3.99055261040953];
const LOSS = 4.7740815589186525;
// biome-ignore format: data
const ALL = [
  -0.581625613507006, -2.1653281192038, -3.9881921694279, -1.77385949775928, -3.13759716975377, -4.1484603877162, -3.20292731751455, -4.05753515116079, -3.86425880704967,
  -4.6238566288187, -1.09897317901146, -0.468635869510708, -7.41935544867284, -4.70738623767693, -4.97106229111058, -5.85512789605854, -5.05607663571013, -5.2367884198493,
  -0.665562770694005, -4.10932856739956, -3.8807059679841, -0.869336618490484, -4.36956137609532, -5.71347276149459, -5.073419288039, -5.65192333999244, -5.52109005738844,
  -4.2392898884205, -0.293251916048159, -1.79734858188913, -8.67462239941452, -5.10887958952386, -3.99055261040953, -4.25443368391199, -4.01592818931508, -4.06986809979943,
];
// biome-ignore format: data
const GRADIENTS = {
  dh: [0.327609128497816, 0.0748109280401955, -0.259741234899255, -0.310446161489379, -0.768625155373192, -0.255445383727513, 0.557819497600144, 0.625553277429493, 0.193736876131253, -0.00795957244260392, -0.314531376439162, -0.275189860050863, -0.227689930260565, -0.0518085110144373, -0.0450777100743204, 0.0152697263372827],
  dhead: [0.228949655066582, 0.187273154216523, 0.00387206383437867, -0.182459327262063, -0.392896125991195, -0.271946712421223, 0.0548065514322595, 0.340083309814886, -0.175887385772017, -0.112878290896921, 0.0355548441262537, 0.157080781955299, 0.387291148525911, 0.287753334153804, -0.0295504666996621, -0.324491063488925, -0.0474572918292806, -0.0902014850521842, -0.0646829926932297, 0.00978629898080408],
  dheadBias: [0.274301453953306, 0.0525445929327693, 0.207690655291726, -0.0848020663732359, -0.449734635804565],
  dprojection0: [0.439418502729402, 0.347372431752166, -0.00755817017026719, -0.356768899591614, -0.17179429486193, -0.135808122772852, 0.00295492908646845, 0.139481749524215],
  dtail0: [0.48128997610328, 0.38296371597984, -0.48128997610328, -0.38296371597984],
  dprojection1: [0.0370364138243213, -0.032559080116132, -0.0775145113401431, -0.0638085057531928],
  dtail1: [-0.0453697772510389, -0.0257884565373103, -0.00883095971787593, 0.0799891935062252],
} as const;

describe('as PyTorch computes it', () => {
  test('log-probabilities of targets and of all classes, the mean loss', () => {
    near(values(adaptiveLogProb(h, parameters, target)), OUT);
    near(values(adaptiveSoftmax(h, parameters, { log: true })), ALL);
    near(values(adaptiveLoss(h, parameters, target)), [LOSS]);
  });

  test('its gradients', () => {
    const got = adaptiveLossGrad(h, parameters, target);
    near(values(got.loss), [LOSS]);
    for (const name of Object.keys(GRADIENTS) as (keyof typeof GRADIENTS)[])
      near(values(got[name]), [...GRADIENTS[name]]);
    const log = adaptiveLogProbGrad(
      h,
      parameters,
      target,
      [1, 1, 1, 1].map((v) => -v / 4),
    );
    near(values(log.dh), [...GRADIENTS.dh]);
    expect('loss' in log).toBe(false);
  });
});

describe('what it means', () => {
  test('all classes sum to 1', () => {
    const p = adaptiveSoftmax(h, parameters).toArray() as number[][];
    for (const row of p) expect(Math.abs(row.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-15);
  });

  test('reductions, ignored rows and a NaN in them', () => {
    const spoilt = { ...h, data: h.data.map((v, k) => (k < 4 ? Number.NaN : v)) };
    const ignored = [7, 3, 8, 5];
    const options = { ignoreIndex: 7 };
    const some = OUT.map((v, k) => (k === 0 ? 0 : -v));
    near(values(adaptiveLoss(spoilt, parameters, ignored, { ...options, reduction: 'none' })), some);
    const total = some.reduce((a, b) => a + b);
    near(values(adaptiveLoss(spoilt, parameters, ignored, { ...options, reduction: 'sum' })), [total]);
    const got = adaptiveLossGrad(spoilt, parameters, ignored, options);
    near(values(got.loss), [total / 3]);
    expect(values(got.dh).slice(0, 4)).toEqual([0, 0, 0, 0]);
    for (const name of Object.keys(got) as (keyof typeof GRADIENTS)[])
      expect(values(got[name]).every(Number.isFinite)).toBe(true);
  });

  test('a tail without a target is not computed, and its gradient is 0', () => {
    const broken = { projection: matrix(1, 4, Number.NaN), weight: matrix(4, 1, Number.NaN) };
    const spoilt = { ...parameters, tails: [parameters.tails[0], broken] as AdaptiveParameters['tails'] };
    const got = adaptiveLossGrad(h, spoilt, [1, 3, 0, -100]);
    expect(Number.isFinite(got.loss.toArray())).toBe(true);
    expect(got['dtail1']?.toArray()).toEqual([[0], [0], [0], [0]]);
    expect(got['dprojection1']?.toArray()).toEqual([[0, 0, 0, 0]]);
  });

  test('a backend is not even given the tail of a target of weight 0', () => {
    const { inputs } = ops.adaptiveLoss(h, parameters, [1, 3, 8, 8], { tokenWeight: [1, 1, 0, 0] });
    expect(inputs['tail0']).toBeDefined();
    expect(inputs['tail1']).toBeUndefined();
    expect(inputs['projection1']).toBeUndefined();
  });

  test('a tail of one class is certain once it is chosen', () => {
    const one = { cutoffs: [1], head: [[0], [0]], tails: [{ projection: [[5]], weight: [[-3]] }] };
    expect(adaptiveSoftmax([[2]], one).toArray()).toEqual([[0.5, 0.5]]);
    expect(adaptiveLoss([[2]], one, [1]).toArray()).toBe(Math.LN2);
  });

  test('any batch rank, no tokens, float32 rounded once, tensors', () => {
    const cube = { data: h.data, shape: [2, 2, 4] };
    const square = [
      [1, 3],
      [8, 5],
    ];
    expect(adaptiveLogProb(cube, parameters, square).shape).toEqual([2, 2]);
    expect(adaptiveSoftmax(cube, parameters).shape).toEqual([2, 2, 9]);
    expect(adaptiveLossGrad(cube, parameters, square).dh.shape).toEqual([2, 2, 4]);
    const none = { data: new Float64Array(0), shape: [0, 4] };
    expect(adaptiveLoss(none, parameters, []).toArray()).toBe(0);
    expect(adaptiveLossGrad(none, parameters, [])['dtail0']?.shape).toEqual([2, 2]);
    const { tensor, adaptiveLoss: lose } = createSoftmax(cpu());
    const held = { ...parameters, head: tensor(matrix(5, 4, 1.1)) };
    near(values(lose(tensor(h), held, target)), [LOSS]);
    const half = { cutoffs: [1], head: [[0], [0]], tails: [{ projection: [[1]], weight: [[0], [0], [0]] }] };
    expect(values(adaptiveSoftmax(new Float32Array([1]), half))).toEqual(
      [1 / 2, 1 / 6, 1 / 6, 1 / 6].map(Math.fround),
    );
  });

  test('a mean over nothing is 0 or NaN, its gradients 0', () => {
    const got = adaptiveLossGrad(h, parameters, [-100, -100, -100, -100], { emptyMean: 'nan' });
    expect(got.loss.toArray()).toBe(Number.NaN);
    expect(values(got.dhead).every((v) => v === 0)).toBe(true);
    expect(adaptiveLoss(h, parameters, [-100, -100, -100, -100]).toArray()).toBe(0);
  });
});

describe('a wrong call is refused before anything runs', () => {
  const refused = (code: string, given: Partial<AdaptiveParameters>, message: string) => {
    const call = () => adaptiveLoss(h, { ...parameters, ...given }, target);
    expect(call).toThrow(expect.objectContaining({ code }));
    expect(call).toThrow(message);
  };
  const [first, second] = parameters.tails as [
    AdaptiveParameters['tails'][0],
    AdaptiveParameters['tails'][0],
  ];

  test('a tail of width 0 says so', () => {
    const empty = { data: [], shape: [0, 4] };
    refused('INVALID_SHAPE', { tails: [{ ...first, projection: empty }, second] }, 'tails[0].projection');
    refused('INVALID_SHAPE', { tails: [{ ...first, projection: empty }, second] }, 'at least 1');
  });

  test('cutoffs and shapes', () => {
    refused('INVALID_OPTION', { cutoffs: [5, 3] }, 'cutoffs');
    refused('INVALID_OPTION', { cutoffs: [0, 5] }, 'cutoffs');
    refused('INVALID_OPTION', { cutoffs: [3] }, 'cutoffs');
    refused('INVALID_OPTION', { cutoffs: [], tails: [] }, 'cutoffs');
    refused('INVALID_SHAPE', { cutoffs: [2, 5] }, 'head');
    refused('INVALID_SHAPE', { headBias: [1] }, 'headBias');
    refused('INVALID_SHAPE', { cutoffs: [3, 6] }, 'tails[0].weight');
    refused('INVALID_SHAPE', { tails: [first, { ...second, weight: matrix(4, 2, 1) }] }, 'tails[1].weight');
  });

  test('targets name the flat index and the value', () => {
    expect(() => adaptiveLoss(h, parameters, [1, 9, 0, 0])).toThrow('target[1]: got 9');
    expect(() => adaptiveLoss(h, parameters, [1, -1, 0, 0])).toThrow(
      expect.objectContaining({ code: 'INVALID_TARGET' }),
    );
  });
});
