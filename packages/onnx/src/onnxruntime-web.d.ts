// The types of `#onnxruntime-web` (package.json): every build of onnxruntime-web has these.
export * from 'onnxruntime-web';
