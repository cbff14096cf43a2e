import { softmax } from '@softmax/core';

self.addEventListener('message', ({ data }) => {
  self.postMessage(softmax(data).toArray());
});
