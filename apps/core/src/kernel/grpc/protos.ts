import path from 'node:path';
import { loadPackageDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** 64-bit numbers as numbers, and the name of what is set in a `oneof`. */
const OPTIONS = { longs: Number, oneofs: true };

/** What a file of proto/ describes. `Described` is what the type generator wrote for the same file. */
export function loadProto<Described>(rootDir: string, file: string): Described {
  const definition = loadSync(file, { includeDirs: [path.join(rootDir, 'proto')], ...OPTIONS });
  return loadPackageDefinition(definition) as unknown as Described;
}
