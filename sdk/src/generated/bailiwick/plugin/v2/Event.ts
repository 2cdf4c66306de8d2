// Original file: ../proto/bailiwick/plugin/v2/host.proto

import type {
  Struct as _google_protobuf_Struct,
  Struct__Output as _google_protobuf_Struct__Output,
} from '../../../google/protobuf/Struct.js';
import type { Long } from '@grpc/proto-loader';

export interface Event {
  kind?: string;
  atMs?: number | string | Long;
  tenant?: string;
  data?: _google_protobuf_Struct | null;
}

export interface Event__Output {
  kind: string;
  atMs: number;
  tenant: string;
  data: _google_protobuf_Struct__Output | null;
}
