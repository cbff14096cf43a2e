/** How tests start Chromium: the machine's own, with a GPU in software. */
export const BROWSER = {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    // Chromium refuses to run its sandbox as root, which is what containers run as.
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--enable-unsafe-webgpu',
    '--use-webgpu-adapter=swiftshader',
  ],
};

/** The Vulkan driver for WebGPU in Node. Default: the GPU in software that comes with Chromium. */
export const DRIVER = process.env['VK_ICD_FILENAMES'] ?? '/usr/lib/chromium/vk_swiftshader_icd.json';

/** The command that installs everything that tests need besides Node. */
export const BRING = 'apt-get update && apt-get install -y --no-install-recommends chromium libvulkan1';
