// What the tests need of the machine, tried by using it: a file that exists proves neither that a browser starts nor
// that a driver finds its loader. JavaScript, since it must also run on a Node that cannot strip types.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright';
import { BROWSER, DRIVER } from './machine.mjs';

/** A machine that is busy starts a browser in seconds; what takes longer than this does not start. */
const LIMIT = 60_000;

/**
 * Why a need is not met; needs that are met have no entry.
 * @typedef {{ chromium?: string, chromiumGpu?: string, nodeGpu?: string }} Missing
 */

/** Starts Chromium, asks it for a GPU, and creates a WebGPU device in Node. @returns {Promise<Missing>} */
export async function missingHere() {
  const [inChromium, nodeGpu] = await Promise.all([missingInChromium(), missingInNode()]);
  return { ...inChromium, ...(nodeGpu && { nodeGpu }) };
}

/** @returns {Promise<Missing>} */
async function missingInChromium() {
  let browser;
  try {
    browser = await chromium.launch({ ...BROWSER, timeout: LIMIT });
    const page = await browser.newPage();
    // WebGPU exists in secure contexts only, which http://localhost is. Nothing is asked of the network.
    await page.route('**', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await page.goto('http://localhost/');
    const found = await page.evaluate(async () => {
      const { gpu } = /** @type {any} */ (navigator);
      return Boolean(await (await gpu?.requestAdapter())?.requestDevice());
    });
    return found ? {} : { chromiumGpu: `Chromium at ${BROWSER.executablePath} offers no GPU to pages` };
  } catch (error) {
    const reason = `Chromium does not start at ${BROWSER.executablePath} (${firstLine(error)})`;
    return { chromium: reason, chromiumGpu: reason };
  } finally {
    await browser?.close();
  }
}

/** In a process of its own, since a driver may end its process. @returns {Promise<string | undefined>} */
async function missingInNode() {
  const script = fileURLToPath(new URL('../../packages/onnx/check/webgpu-device.mjs', import.meta.url));
  const env = { ...process.env, VK_ICD_FILENAMES: DRIVER };
  try {
    await promisify(execFile)(process.execPath, [script], { env, timeout: LIMIT });
    return undefined;
  } catch (error) {
    return `no WebGPU device in Node by the Vulkan driver ${DRIVER} (${lastLine(error)})`;
  }
}

/** @param {unknown} error */
const firstLine = (error) => String(error).replace(/\n.*/s, '').slice(0, 120);

/** The message of a process that failed, else how it ended. @param {unknown} error */
function lastLine(error) {
  const { stderr = '', signal, message } = /** @type {any} */ (error);
  const line = String(stderr)
    .split('\n')
    .findLast((each) => /^\w*Error: /.test(each));
  return (line ?? (signal ? `ended by ${signal}` : firstLine(message))).slice(0, 120);
}
