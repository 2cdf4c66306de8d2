import { TERMINAL_FRAME, TERMINAL_FRAME_BYTES, type TerminalExit, type TerminalNotice } from '@bailiwick/contract';

export type FromViewer =
  | { readonly type: 'data'; readonly bytes: Buffer }
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }
  | { readonly type: 'ack'; readonly bytes: number };

const MOST_CELLS = 500;

/** Undefined for what is no frame of a viewer. */
export function readFrame(message: unknown): FromViewer | undefined {
  if (!Buffer.isBuffer(message) || message.length < 2 || message.length > TERMINAL_FRAME_BYTES + 1) return undefined;
  const bytes = message.subarray(1);
  switch (message[0]) {
    case TERMINAL_FRAME.data:
      return { type: 'data', bytes };
    case TERMINAL_FRAME.resize:
      return bytes.length === 4 ? toSize(bytes.readUInt16BE(0), bytes.readUInt16BE(2)) : undefined;
    case TERMINAL_FRAME.ack:
      return bytes.length === 4 ? { type: 'ack', bytes: bytes.readUInt32BE(0) } : undefined;
    default:
      return undefined;
  }
}

const toSize = (columns: number, rows: number): FromViewer | undefined =>
  [columns, rows].every((cells) => cells >= 1 && cells <= MOST_CELLS) ? { type: 'resize', columns, rows } : undefined;

export const dataFrame = (bytes: Buffer): Buffer => framed(TERMINAL_FRAME.data, bytes);
export const exitFrame = (exit: TerminalExit): Buffer => framed(TERMINAL_FRAME.exit, asJson(exit));
export const noticeFrame = (notice: TerminalNotice): Buffer => framed(TERMINAL_FRAME.notice, asJson(notice));

const framed = (type: number, bytes: Buffer): Buffer => Buffer.concat([Buffer.of(type), bytes]);
const asJson = (value: TerminalExit | TerminalNotice): Buffer => Buffer.from(JSON.stringify(value));
