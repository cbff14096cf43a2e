import yazl from 'yazl';
import { npyHeader } from './npy-header.ts';
import { encoded } from './numbers.ts';
import { gathered, type MakeSink } from './sink.ts';

/** The same results make the same bytes at any time; it is the first date that a zip archive can hold. */
const DATE = new Date(1980, 0, 1);

/** A .npz archive, uncompressed like NumPy's own. */
export const npzSink: MakeSink = (target) =>
  gathered(async (whole) => {
    const zip = new yazl.ZipFile();
    for (const [name, { data, dtype, shape }] of Object.entries(whole))
      zip.addBuffer(Buffer.concat([npyHeader(dtype, shape), encoded(data)]), `${name}.npy`, {
        compress: false,
        mtime: DATE,
      });
    zip.end();
    for await (const piece of zip.outputStream) await target.append(piece as Buffer);
  });
