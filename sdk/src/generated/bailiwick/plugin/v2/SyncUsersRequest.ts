// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  Struct as _google_protobuf_Struct,
  Struct__Output as _google_protobuf_Struct__Output,
} from '../../../google/protobuf/Struct.js';

export interface SyncUsersRequest {
  dryRun?: boolean;
  limit?: number;
  cursor?: string;
  options?: _google_protobuf_Struct | null;
}

export interface SyncUsersRequest__Output {
  dryRun: boolean;
  limit: number;
  cursor: string;
  options: _google_protobuf_Struct__Output | null;
}
