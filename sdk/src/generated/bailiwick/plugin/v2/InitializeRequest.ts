// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  Struct as _google_protobuf_Struct,
  Struct__Output as _google_protobuf_Struct__Output,
} from '../../../google/protobuf/Struct.js';

export interface InitializeRequest {
  scopes?: string[];
  settings?: _google_protobuf_Struct | null;
  tenants?: string[];
  hostAddress?: string;
  coreVersion?: string;
}

export interface InitializeRequest__Output {
  scopes: string[];
  settings: _google_protobuf_Struct__Output | null;
  tenants: string[];
  hostAddress: string;
  coreVersion: string;
}
