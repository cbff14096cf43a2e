import type { AdaptiveParameters, Shaped } from '@softmax/core';

const fill = (length: number, a: number): Float64Array =>
  Float64Array.from({ length }, (_, k) => Math.sin(a * (k + 1)));
const matrix = (rows: number, columns: number, a: number): Shaped => ({
  data: fill(rows * columns, a),
  shape: [rows, columns],
});

export const FEATURES: Shaped = matrix(4, 4, 0.9);
export const TARGET: readonly number[] = [1, 3, 8, 5];
export const CLUSTERS: AdaptiveParameters = {
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
 *   out; loss; m.log_prob(h); h.grad
 */
export const OUT: readonly number[] = [
  -2.1653281192038, -7.41935544867284, -5.52109005738844, -3.99055261040953,
];
export const LOSS = 4.7740815589186525;
// biome-ignore format: data
export const ALL: readonly number[] = [
  -0.581625613507006, -2.1653281192038, -3.9881921694279, -1.77385949775928, -3.13759716975377, -4.1484603877162, -3.20292731751455, -4.05753515116079, -3.86425880704967,
  -4.6238566288187, -1.09897317901146, -0.468635869510708, -7.41935544867284, -4.70738623767693, -4.97106229111058, -5.85512789605854, -5.05607663571013, -5.2367884198493,
  -0.665562770694005, -4.10932856739956, -3.8807059679841, -0.869336618490484, -4.36956137609532, -5.71347276149459, -5.073419288039, -5.65192333999244, -5.52109005738844,
  -4.2392898884205, -0.293251916048159, -1.79734858188913, -8.67462239941452, -5.10887958952386, -3.99055261040953, -4.25443368391199, -4.01592818931508, -4.06986809979943,
];
// biome-ignore format: data
export const DH: readonly number[] = [
  0.327609128497816, 0.0748109280401955, -0.259741234899255, -0.310446161489379, -0.768625155373192, -0.255445383727513, 0.557819497600144, 0.625553277429493,
  0.193736876131253, -0.00795957244260392, -0.314531376439162, -0.275189860050863, -0.227689930260565, -0.0518085110144373, -0.0450777100743204, 0.0152697263372827,
];
