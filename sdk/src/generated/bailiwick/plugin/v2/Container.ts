// Original file: ../proto/bailiwick/plugin/v2/host.proto

import type { Long } from '@grpc/proto-loader';

export interface Container {
  id?: string;
  name?: string;
  tenant?: string;
  image?: string;
  state?: string;
  environment?: string;
  createdAtMs?: number | string | Long;
}

export interface Container__Output {
  id: string;
  name: string;
  tenant: string;
  image: string;
  state: string;
  environment: string;
  createdAtMs: number;
}
