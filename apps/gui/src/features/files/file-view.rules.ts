export type FileSortKey = 'name' | 'sizeBytes' | 'modifiedAt';
const SORT_KEYS: readonly FileSortKey[] = ['name', 'sizeBytes', 'modifiedAt'];

/** What the address says about the page. */
export interface FileView {
  /** The folder that is listed; empty for where it begins. */
  path: string;
  /** The file that is open beside it; empty for none. */
  file: string;
  /** Where in the file; 0 for its beginning. */
  line: number;
  q: string;
  /** Whether files whose names begin with a dot are shown. */
  dotFiles: boolean;
  sort: { key: FileSortKey; descending: boolean };
}

export const PLAIN_VIEW: FileView = {
  path: '',
  file: '',
  line: 0,
  q: '',
  dotFiles: true,
  sort: { key: 'name', descending: false },
};

const pathIn = (value: string | null): string => (value?.startsWith('/') === true ? value.slice(0, 4096) : '');

export function readFileView(parameters: URLSearchParams): FileView {
  const [, minus = '', named = ''] = /^(-?)(\w+)$/.exec(parameters.get('sort') ?? '') ?? [];
  const key = SORT_KEYS.find((each) => each === named);
  const line = Number(parameters.get('line') ?? 0);
  return {
    path: pathIn(parameters.get('path')),
    file: pathIn(parameters.get('file')),
    line: Number.isInteger(line) && line > 0 ? line : 0,
    q: (parameters.get('q') ?? '').slice(0, 200),
    dotFiles: parameters.get('dotFiles') !== 'no',
    sort: key === undefined ? PLAIN_VIEW.sort : { key, descending: minus === '-' },
  };
}

/** The query string of a view; empty where nothing is said. */
export function writeFileView({ path, file, line, q, dotFiles, sort }: FileView): string {
  const plain = sort.key === PLAIN_VIEW.sort.key && !sort.descending;
  const named = Object.entries({
    path,
    file,
    line: line > 0 ? `${line}` : '',
    q,
    dotFiles: dotFiles ? '' : 'no',
    sort: plain ? '' : `${sort.descending ? '-' : ''}${sort.key}`,
  }).filter(([, value]) => value !== '');
  // A path stays a path for who reads the address.
  return named.length === 0 ? '' : `?${new URLSearchParams(named)}`.replaceAll('%2F', '/');
}

/** The same column again turns it round; size and time begin with the largest and the newest. */
export const turnSort = ({ sort }: FileView, key: FileSortKey): FileView['sort'] =>
  sort.key === key ? { key, descending: !sort.descending } : { key, descending: key !== 'name' };
