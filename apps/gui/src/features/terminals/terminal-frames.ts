import { TERMINAL_FRAME, TERMINAL_FRAME_BYTES, type TerminalExit, type TerminalNotice } from '@bailiwick/contract';

export type FromCore =
  | { type: 'data'; bytes: Uint8Array }
  | { type: 'exit'; exit: TerminalExit }
  | { type: 'notice'; notice: TerminalNotice };

export function readFrame(frame: ArrayBuffer): FromCore | null {
  const [type] = new Uint8Array(frame, 0, 1);
  const bytes = new Uint8Array(frame, 1);
  // The core checks what it sends against the contract.
  if (type === TERMINAL_FRAME.exit) return { type: 'exit', exit: fromJson<TerminalExit>(bytes) };
  if (type === TERMINAL_FRAME.notice) return { type: 'notice', notice: fromJson<TerminalNotice>(bytes) };
  return type === TERMINAL_FRAME.data ? { type: 'data', bytes } : null;
}

/** What is typed, in as many frames as it takes; a character may be cut between two. */
export function dataFrames(text: string): Uint8Array<ArrayBuffer>[] {
  const bytes = new TextEncoder().encode(text);
  const frames: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < bytes.length; at += TERMINAL_FRAME_BYTES)
    frames.push(framed(TERMINAL_FRAME.data, bytes.subarray(at, at + TERMINAL_FRAME_BYTES)));
  return frames;
}

export function resizeFrame(columns: number, rows: number): Uint8Array<ArrayBuffer> {
  const frame = framed(TERMINAL_FRAME.resize, new Uint8Array(4));
  const view = new DataView(frame.buffer);
  view.setUint16(1, columns);
  view.setUint16(3, rows);
  return frame;
}

export function ackFrame(bytes: number): Uint8Array<ArrayBuffer> {
  const frame = framed(TERMINAL_FRAME.ack, new Uint8Array(4));
  new DataView(frame.buffer).setUint32(1, bytes);
  return frame;
}

function framed(type: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(bytes.length + 1);
  frame[0] = type;
  frame.set(bytes, 1);
  return frame;
}

const fromJson = <Value>(bytes: Uint8Array): Value => JSON.parse(new TextDecoder().decode(bytes)) as Value;
