// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface EmitEventResponse {}

export interface EmitEventResponse__Output {}
