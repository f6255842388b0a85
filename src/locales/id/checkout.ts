import type { Catalogue } from '../en.ts';

/** Indonesian texts of `<lesspay-checkout>`. */
export const checkout: Catalogue['checkout'] = {
  pay: 'Bayar',
  payAmount: 'Bayar {amount}',
  starting: 'Membuka halaman pembayaran aman…',
  newTab: '(terbuka di tab baru)',
  tryAgain: 'Coba lagi',
  failed: 'Halaman pembayaran tidak dapat dibuka dan belum ada dana yang ditagih.',
  alreadyPaid: 'Pesanan ini sudah dibayar. Tidak ada lagi yang perlu dibayar.',
  orderNotFound: 'Pesanan ini tidak ditemukan. Kembali ke toko dan mulai lagi.',
  orderChanged: 'Pesanan ini berubah sejak halaman dimuat. Muat ulang halaman untuk melihat jumlah yang baru.',
  offline: 'Toko tidak dapat dihubungi dan belum ada dana yang ditagih. Periksa koneksi Anda.',
  slow: 'Halaman pembayaran tidak menjawab tepat waktu dan belum ada dana yang ditagih.',
};
