export { crossEntropy, crossEntropyGrad } from './cross-entropy.ts';
export { logSoftmax, logSoftmaxGrad } from './log-softmax.ts';
export { logSumExp, logSumExpGrad } from './log-sum-exp.ts';
export { softmax, softmaxGrad } from './softmax.ts';
export { softmin, softminGrad } from './softmin.ts';
