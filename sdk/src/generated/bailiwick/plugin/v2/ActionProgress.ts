// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  Struct as _google_protobuf_Struct,
  Struct__Output as _google_protobuf_Struct__Output,
} from '../../../google/protobuf/Struct.js';

export interface ActionProgress {
  done?: number | string;
  message?: string;
  result?: _google_protobuf_Struct | null;
  _done?: 'done';
}

export interface ActionProgress__Output {
  done?: number;
  message: string;
  result: _google_protobuf_Struct__Output | null;
  _done?: 'done';
}
