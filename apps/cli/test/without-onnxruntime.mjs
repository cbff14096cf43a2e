// Imported before the command: onnxruntime is not to be found, as on a machine that has not installed it.
import { register } from 'node:module';

const hook = `export const resolve = (specifier, context, next) => {
  if (!/^#?onnxruntime-(node|web)/.test(specifier)) return next(specifier, context);
  const text = "Cannot find package '" + specifier.replace('#', '') + "' imported from " + context.parentURL;
  throw Object.assign(new Error(text), { code: 'ERR_MODULE_NOT_FOUND' });
};`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
