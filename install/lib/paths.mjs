import path from 'node:path';

export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
export const at = (...parts) => path.join(root, ...parts);
export const storageDir = () => path.resolve(root, process.env.BAILIWICK_STORAGE_DIR ?? 'storage');
