// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export interface HealthRequest {}

export interface HealthRequest__Output {}
