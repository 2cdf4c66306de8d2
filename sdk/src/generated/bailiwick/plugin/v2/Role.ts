// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface Role {
  tag?: string;
  description?: string;
}

export interface Role__Output {
  tag: string;
  description: string;
}
