export { softmaxOn } from './backend-softmax.ts';
export { CLASSES, type Digits, PIXELS, SIDE, take } from './digits.ts';
export { classesOf, logits, type Model } from './model.ts';
export { split } from './split.ts';
export { type Lesson, train } from './train.ts';
