// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  Struct as _google_protobuf_Struct,
  Struct__Output as _google_protobuf_Struct__Output,
} from '../../../google/protobuf/Struct.js';

export interface ChannelKind {
  id?: string;
  title?: string;
  settings?: _google_protobuf_Struct | null;
}

export interface ChannelKind__Output {
  id: string;
  title: string;
  settings: _google_protobuf_Struct__Output | null;
}
