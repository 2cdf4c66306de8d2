// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export interface ShutdownRequest {}

export interface ShutdownRequest__Output {}
