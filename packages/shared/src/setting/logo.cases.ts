import type { LogoType } from './logo.js';

/** Images of 40 by 20 pixels as a browser encoded them, in base64. */
export const LOGOS: readonly { readonly format: string; readonly mediaType: LogoType; readonly base64: string }[] = [
  {
    format: 'PNG',
    mediaType: 'image/png',
    base64:
      'iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAYAAAD/Rn+7AAAARklEQVR4AezSIQ4AMAgEwQbbl2L4vwPDD9YgtkmDuoQMF7+yL/63L3aeHS5IT6OgglSA5u2gglSA5u2gglSA5u2gglSA5gcAAP//QvDWtwAAAAZJREFUAwDLI0eP7xq9owAAAABJRU5ErkJggg==',
  },
  {
    format: 'JPEG',
    mediaType: 'image/jpeg',
    base64:
      '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAUACgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAME/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AhAUYQAAAAAAAAAH/2Q==',
  },
  {
    format: 'WebP',
    mediaType: 'image/webp',
    base64: 'UklGRkAAAABXRUJQVlA4IDQAAAAwAwCdASooABQAPxGGu1csKSYjpWgBgCIJZwDRRA8KmggAAP7l+iYVi/19yNvqSvXxAAAA',
  },
  {
    format: 'lossless WebP',
    mediaType: 'image/webp',
    base64: 'UklGRigAAABXRUJQVlA4TBwAAAAvJ8AEEA8wbrMwafMf8BAIJGj7UyUwQET/A7oH',
  },
  {
    format: 'extended WebP',
    mediaType: 'image/webp',
    base64: 'UklGRjoAAABXRUJQVlA4WAoAAAAQAAAAJwAAEwAAVlA4TBwAAAAvJ8AEEA8wbrMwafMf8BAIJGj7UyUwQET/A7oH',
  },
];
