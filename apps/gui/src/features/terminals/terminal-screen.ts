import { FitAddon } from '@xterm/addon-fit';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal as Xterm } from '@xterm/xterm';
import type { TerminalSize } from '@bailiwick/contract';
import { copyText } from '../../ui/clipboard.ts';
import { terminalTheme } from './terminal-theme.ts';

const SCROLLBACK_LINES = 10_000;
const FIT_RESTS_MS = 50;
/** What is pasted at once without being looked at before. */
const MOST_PASTED = 1024;

export interface ScreenOptions {
  label: string;
  fontSize: number;
  screenReader: boolean;
  onType: (text: string) => void;
  onSize: (size: TerminalSize) => void;
  /** Several lines or a lot of text: somebody is asked first. */
  onPaste: (text: string) => void;
  onLink: (address: string) => void;
  onLeave: () => void;
}

/** What is drawn of a terminal. What it shows is a stranger's: it opens nothing, copies nothing and answers nobody by itself. */
export class TerminalScreen {
  private readonly xterm: Xterm;
  private readonly fit = new FitAddon();
  private readonly watch: ResizeObserver;
  private fitTimer: ReturnType<typeof setTimeout> | undefined;
  /** Answers of the terminal itself are for a program that asked just now, not for one that asked long ago. */
  private replaying = 0;
  private isReadOnly = true;

  constructor(
    private readonly element: HTMLElement,
    private readonly options: ScreenOptions,
  ) {
    this.xterm = new Xterm({
      allowProposedApi: true,
      convertEol: false,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      fontFamily: getComputedStyle(element).getPropertyValue('--font-mono'),
      fontSize: options.fontSize,
      linkHandler: { activate: (_event, address) => options.onLink(address), allowNonHttpProtocols: false },
      minimumContrastRatio: 4.5,
      screenReaderMode: options.screenReader,
      scrollback: SCROLLBACK_LINES,
      theme: terminalTheme(element),
    });
    this.xterm.loadAddon(this.fit);
    this.xterm.loadAddon(new Unicode11Addon());
    this.xterm.loadAddon(new WebLinksAddon((_event, address) => options.onLink(address)));
    this.xterm.unicode.activeVersion = '11';
    this.xterm.open(element);
    this.xterm.textarea?.setAttribute('aria-label', options.label);
    this.xterm.attachCustomKeyEventHandler((event) => this.hears(event));
    this.xterm.onData((text) => this.said(text));
    this.xterm.onBinary((text) => this.said(text));
    element.addEventListener('paste', this.pasted, { capture: true });
    this.fit.fit();
    this.watch = new ResizeObserver(() => {
      clearTimeout(this.fitTimer);
      this.fitTimer = setTimeout(() => this.refit(), FIT_RESTS_MS);
    });
    this.watch.observe(element);
  }

  get size(): TerminalSize {
    const within = (cells: number) => Math.min(500, Math.max(1, cells));
    return { columns: within(this.xterm.cols), rows: within(this.xterm.rows) };
  }

  /** `isReplay`: it was said before, to somebody else or on another screen. */
  write(bytes: Uint8Array | string, { isReplay = false, done }: { isReplay?: boolean; done?: () => void } = {}): void {
    if (isReplay) this.replaying += 1;
    this.xterm.write(bytes, () => {
      if (isReplay) this.replaying -= 1;
      done?.();
    });
  }

  /** A line of the panel's own, where it disturbs no program that draws the whole screen. */
  note(text: string): void {
    if (this.xterm.buffer.active.type === 'normal') this.write(`\r\n\u001b[2m── ${text} ──\u001b[0m\r\n`);
  }

  clear(): void {
    this.xterm.reset();
  }

  setReadOnly(isReadOnly: boolean): void {
    this.isReadOnly = isReadOnly;
    this.xterm.options.disableStdin = isReadOnly;
    this.xterm.options.cursorInactiveStyle = isReadOnly ? 'none' : 'outline';
  }

  /** Somebody else says how large it is. */
  setSize({ columns, rows }: TerminalSize): void {
    if (this.xterm.cols !== columns || this.xterm.rows !== rows) this.xterm.resize(columns, rows);
  }

  refit(): void {
    if (this.element.clientWidth === 0) return;
    if (!this.isReadOnly) this.fit.fit();
    this.options.onSize(this.proposed);
  }

  paste(text: string): void {
    this.xterm.paste(text);
    this.focus();
  }

  focus(): void {
    this.xterm.focus();
  }

  setFontSize(pixels: number): void {
    this.xterm.options.fontSize = pixels;
    this.refit();
  }

  setScreenReader(on: boolean): void {
    this.xterm.options.screenReaderMode = on;
  }

  retheme(): void {
    this.xterm.options.theme = terminalTheme(this.element);
  }

  /** Everything that can be scrolled to, as plain text. */
  get text(): string {
    const { active } = this.xterm.buffer;
    const lines: string[] = [];
    for (let at = 0; at < active.length; at += 1) {
      const line = active.getLine(at);
      const text = line?.translateToString(true) ?? '';
      if (line?.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
      else lines.push(text);
    }
    return `${lines.join('\n').trimEnd()}\n`;
  }

  dispose(): void {
    clearTimeout(this.fitTimer);
    this.watch.disconnect();
    this.element.removeEventListener('paste', this.pasted, { capture: true });
    this.xterm.dispose();
  }

  private get proposed(): TerminalSize {
    const proposed = this.fit.proposeDimensions();
    return proposed ? { columns: Math.min(500, proposed.cols), rows: Math.min(500, proposed.rows) } : this.size;
  }

  private said(text: string): void {
    if (!this.isReadOnly && this.replaying === 0) this.options.onType(text);
  }

  private readonly pasted = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (this.isReadOnly || text === '') return;
    if (text.length <= MOST_PASTED && !/[\r\n]./s.test(text)) return;
    event.preventDefault();
    event.stopPropagation();
    this.options.onPaste(text);
  };

  /** False: not for the program in the terminal. */
  private hears(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true;
    const { ctrlKey: ctrl, shiftKey: shift, metaKey: meta, key } = event;
    if (ctrl && shift && key === 'F6') {
      event.preventDefault();
      this.options.onLeave();
      return false;
    }
    if ((ctrl || meta) && key.toLowerCase() === 'v') return false;
    if ((ctrl || meta) && key.toLowerCase() === 'c' && (shift || this.xterm.hasSelection())) {
      event.preventDefault();
      if (this.xterm.hasSelection()) void copyText(this.xterm.getSelection());
      this.xterm.clearSelection();
      return false;
    }
    // The panel's own search stays where it is.
    return !(ctrl && key.toLowerCase() === 'k' && this.isReadOnly);
  }
}
