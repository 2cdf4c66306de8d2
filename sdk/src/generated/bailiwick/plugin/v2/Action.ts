// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  Struct as _google_protobuf_Struct,
  Struct__Output as _google_protobuf_Struct__Output,
} from '../../../google/protobuf/Struct.js';

export interface Action {
  id?: string;
  title?: string;
  description?: string;
  form?: _google_protobuf_Struct | null;
  isDangerous?: boolean;
}

export interface Action__Output {
  id: string;
  title: string;
  description: string;
  form: _google_protobuf_Struct__Output | null;
  isDangerous: boolean;
}
