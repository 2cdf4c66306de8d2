import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The root type check reads the panel together with its tests.
  typescript: { ignoreBuildErrors: true },
  // The proxy in front compresses; a second compressor would hold streamed pages back.
  compress: true,
  devIndicators: false,
  transpilePackages: ['@bailiwick/contract'],
  experimental: { optimizePackageImports: ['lucide-react', 'radix-ui'] },
};

export default createNextIntlPlugin('./src/lib/locale.ts')(config);
