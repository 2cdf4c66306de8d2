// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  Struct as _google_protobuf_Struct,
  Struct__Output as _google_protobuf_Struct__Output,
} from '../../../google/protobuf/Struct.js';

export interface RunActionRequest {
  action?: string;
  input?: _google_protobuf_Struct | null;
  operationId?: string;
  askedBy?: string;
}

export interface RunActionRequest__Output {
  action: string;
  input: _google_protobuf_Struct__Output | null;
  operationId: string;
  askedBy: string;
}
