// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export interface ListPresetsRequest {}

export interface ListPresetsRequest__Output {}
