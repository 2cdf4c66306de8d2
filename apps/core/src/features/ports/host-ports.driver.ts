import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { Injectable } from '@nestjs/common';

type Protocol = 'tcp' | 'udp';

/** Whether a port of the host can be had: the only honest answer is to take it for a moment. */
@Injectable()
export class HostPorts {
  isFree(ip: string, port: number, protocol: Protocol): Promise<boolean> {
    return protocol === 'tcp' ? bindTcp(ip, port) : bindUdp(ip, port);
  }
}

function bindTcp(ip: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(isForeignAddress(error)));
    server.listen({ host: ip, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function bindUdp(ip: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(ip.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', (error) => resolve(isForeignAddress(error)));
    socket.bind({ address: ip, port, exclusive: true }, () => socket.close(() => resolve(true)));
  });
}

/** The address is not one of ours, as in a container: only the engine can tell, and it will. */
const isForeignAddress = (error: Error): boolean => 'code' in error && error.code === 'EADDRNOTAVAIL';
