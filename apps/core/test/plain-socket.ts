import { WebSocket } from 'ws';
import type { TestApp } from './app.js';

export interface PlainSocket {
  socket: WebSocket;
  messages: unknown[];
  /** Set once it is closed. */
  closed: { code: number; reason: string } | undefined;
}

export interface Refusal {
  status: number;
  code: unknown;
}

interface Door {
  cookie?: string;
  authorization?: string;
  origin?: string;
}

/** A program that speaks plain WebSocket; answers how it was refused, if it was. */
export function openPlainSocket(
  { url }: TestApp,
  path: string,
  { cookie = '', origin = url, authorization }: Door,
): Promise<PlainSocket | Refusal> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, {
    headers: authorization === undefined ? { cookie, origin } : { authorization },
  });
  const opened: PlainSocket = { socket, messages: [], closed: undefined };
  socket.on('message', (data: Buffer) => opened.messages.push(JSON.parse(data.toString('utf8'))));
  socket.on('close', (code, reason) => (opened.closed = { code, reason: reason.toString('utf8') }));
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(opened));
    socket.once('error', reject);
    socket.once('unexpected-response', (_, response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      response.on('end', () => {
        const envelope: { code?: unknown } = JSON.parse(body);
        resolve({ status: response.statusCode ?? 0, code: envelope.code });
      });
    });
  });
}
