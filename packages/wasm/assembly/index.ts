export { team } from './team';
export { workspaceSize } from './workspace';
export { constants } from './exp';
export { softmax } from './softmax';
export { softmaxColumns } from './softmax-columns';
export { logSoftmax } from './log-softmax';
export { logSumExp } from './log-sum-exp';
export { softmaxGrad } from './softmax-grad';
export { logSoftmaxGrad } from './log-softmax-grad';
export { logSumExpGrad } from './log-sum-exp-grad';
export { crossEntropy } from './cross-entropy';
export { softCrossEntropy } from './soft-cross-entropy';
export { gumbelSoftmax, gumbelSoftmaxGrad } from './gumbel-softmax';
export { entmax, entmaxGrad } from './entmax';
export { entmaxLoss } from './entmax-loss';
export { doubleDistribution, doubleDistributionGrad } from './double-distribution';
export { doubleLogSumExp, doubleLogSumExpGrad } from './double-log-sum-exp';
export { gumbelNoise } from './gumbel-noise';
export { gumbelTopK } from './gumbel-top-k';
export { hierarchicalLoss } from './hierarchical-loss';
export { combinations, transpose } from './linear';
export { oneHot } from './one-hot';
export { gather, scatter } from './columns';
export { convert } from './convert';

/** Where memory is free. */
export const heapBase: usize = __heap_base;
