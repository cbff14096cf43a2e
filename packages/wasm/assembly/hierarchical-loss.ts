import { choose, chooseOfTwo } from './decision';
import { combination, layer, logit } from './linear';

/** Where an ascending list of so many reaches a value. */
function placeOf(value: usize, list: usize, count: usize): usize {
  let from: usize = 0;
  while (from < count) {
    const middle = (from + count) >> 1;
    if (load<u32>(list + (middle << 2)) < value) from = middle + 1;
    else count = middle;
  }
  return from;
}

/**
 * The losses of tokens, Σ −log p(the child taken) over the decisions on their paths; see PathSizes in core. z takes
 * the logits, and where there is dh their cotangents, in float64.
 */
export function hierarchicalLoss(
  h: usize, weight: usize, bias: usize, weights: usize, dy: usize,
  list: usize, stepOf: usize, tokens: usize, chosen: usize, z: usize, losses: usize, dh: usize,
  first: usize, rows: usize, steps: usize, logits: usize, n: usize, denominator: f64,
): void {
  layer(weight, bias, n);
  let step = placeOf(first, tokens, steps);
  let at = placeOf(step, stepOf, logits);
  for (let token = first; token < first + rows; token++) {
    const features = h + ((token * n) << 2);
    const from = at;
    let loss: f64 = 0;
    const leaf = step;
    step = placeOf(token + 1, tokens, steps);
    at = placeOf(step, stepOf, logits);
    // From the root, where paths end: below a decision that is certain against the target nothing is read.
    for (let s = step, end = at, start = at; s-- > leaf; end = start) {
      while (start > from && load<u32>(stepOf + ((start - 1) << 2)) == s) start--;
      const own = z + (start << 3);
      for (let k = start; k < end; k++)
        store<f64>(z + (k << 3), loss == Infinity ? 0 : logit(<usize>load<u32>(list + (k << 2)), features));
      if (loss == Infinity) continue;
      const taken = load<i32>(chosen + (s << 2));
      loss += end - start == 1 ? chooseOfTwo(own, taken >= 0) : choose(own, end - start, <usize>taken - start);
    }
    const factor = <f64>load<f32>(weights + (token << 2));
    store<f64>(losses + (token << 3), factor * loss);
    if (!dh) continue;
    const scale = (factor * (dy ? <f64>load<f32>(dy + (token << 2)) : 1)) / denominator;
    for (let k = from; k < at; k++) store<f64>(z + (k << 3), scale * load<f64>(z + (k << 3)));
    combination(weight, list + (from << 2), z + (from << 3), at - from, n, dh + ((token * n) << 2));
  }
}
