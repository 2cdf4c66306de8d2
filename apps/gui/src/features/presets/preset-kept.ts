import type { Preset } from '@bailiwick/contract';

const KEY = 'bw_preset_import';

/** What the editor of a new preset begins with. */
export interface Beginning {
  readonly preset: Preset;
  /** What there is to know of where it comes from. */
  readonly note: string | null;
}

/** What was read from elsewhere, or off a deployment, on its way into the editor; it lives as long as the tab. */
export function keepForEditor(beginning: Beginning): void {
  sessionStorage.setItem(KEY, JSON.stringify(beginning));
}

export const findKept = (): string | null => sessionStorage.getItem(KEY);

export function dropKept(): void {
  sessionStorage.removeItem(KEY);
}
