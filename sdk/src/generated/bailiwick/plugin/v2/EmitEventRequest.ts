// Original file: ../proto/bailiwick/plugin/v2/host.proto

import type {
  Struct as _google_protobuf_Struct,
  Struct__Output as _google_protobuf_Struct__Output,
} from '../../../google/protobuf/Struct.js';

export interface EmitEventRequest {
  event?: string;
  tenant?: string;
  data?: _google_protobuf_Struct | null;
}

export interface EmitEventRequest__Output {
  event: string;
  tenant: string;
  data: _google_protobuf_Struct__Output | null;
}
