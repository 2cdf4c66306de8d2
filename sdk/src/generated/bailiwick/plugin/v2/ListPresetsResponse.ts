// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  Struct as _google_protobuf_Struct,
  Struct__Output as _google_protobuf_Struct__Output,
} from '../../../google/protobuf/Struct.js';

export interface ListPresetsResponse {
  presets?: _google_protobuf_Struct[];
}

export interface ListPresetsResponse__Output {
  presets: _google_protobuf_Struct__Output[];
}
