import { softmax } from '@softmax/core';

document.querySelector('#page').textContent = JSON.stringify(softmax([1000, 1001, 1002]).toArray());

const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
worker.addEventListener('message', ({ data }) => {
  document.querySelector('#worker').textContent = JSON.stringify(data);
});
worker.postMessage([1000, 1001, 1002]);
