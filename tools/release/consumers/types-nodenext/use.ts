import { check, type Subject, summarize } from '@softmax/conformance';
import { type Backend, cpu, createSoftmax, SoftmaxError, softmax, type Tensor } from '@softmax/core';
import { softmax as operation } from '@softmax/core/ops';
import { onnxNode } from '@softmax/onnx/node';
import { onnxWeb } from '@softmax/onnx/web';

// What is synchronous gives values, what is asynchronous gives promises: here the compiler is the test.
const numbers: Float32Array | Float64Array | Uint16Array | Int32Array | Uint8Array = softmax([1, 2]).data();
const sync = createSoftmax(cpu());
const loss = sync.crossEntropy([[0, 0]], [1], { labelSmoothing: 0.1, reduction: 'none' });
const shape: readonly number[] = loss.shape;
const async = createSoftmax(await onnxNode());
const later: Promise<unknown> = async.softmax(new Float32Array([1, 2]));
const web = createSoftmax(await onnxWeb({ numThreads: 1 }));
const subject: Subject = 'contract';
const report = await check(cpu(), { quick: true });
const lines: readonly object[] = summarize(report);

// @ts-expect-error an option that does not exist
softmax([1, 2], { temperatur: 1 });
// @ts-expect-error a promise is no tensor
(await onnxNode().then(createSoftmax)).softmax([1, 2]).data();

export type { Backend, Tensor };
export { later, lines, numbers, operation, SoftmaxError, shape, subject, web };
