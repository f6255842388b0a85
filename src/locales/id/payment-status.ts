import type { Catalogue } from '../en.ts';

/** Indonesian texts of `<lesspay-payment-status>`. */
export const paymentStatus: Catalogue['paymentStatus'] = {
  checkingTitle: 'Memeriksa pembayaran Anda',
  checkingText: 'Ini hanya sebentar.',
  pendingTitle: 'Hasilnya belum diketahui',
  pendingText: 'Pembayaran Anda belum dikonfirmasi. Jangan membayar lagi: halaman ini diperbarui sendiri.',
  paidTitle: 'Pembayaran diterima',
  paidText: 'Terima kasih. Tidak ada lagi yang perlu Anda lakukan.',
  failedTitle: 'Pembayaran gagal',
  failedText: 'Pembayaran tidak berhasil. Anda dapat kembali ke toko dan mencoba lagi.',
  canceledTitle: 'Pembayaran dibatalkan',
  canceledText: 'Pembayaran dihentikan sebelum selesai. Anda dapat kembali ke toko dan mencoba lagi.',
  refundedTitle: 'Dana dikembalikan',
  refundedText:
    'Dana dikembalikan lewat cara Anda membayar. Bank atau dompet Anda mungkin perlu beberapa hari untuk menampilkannya.',
  closedTitle: 'Pembayaran ditutup',
  closedText: 'Pembayaran ini tidak dapat dilakukan lagi. Anda dapat kembali ke toko dan mulai lagi.',
  amountDiffersTitle: 'Jumlah yang diterima berbeda',
  amountDiffersText: 'Jumlah yang dibayar tidak sama dengan jumlah pesanan. Hubungi toko; jangan membayar lagi.',
  notFoundTitle: 'Pembayaran ini tidak ditemukan',
  notFoundText: 'Buka lagi halaman ini dari toko, atau hubungi toko jika Anda sudah membayar.',
  order: 'Pesanan',
  reference: 'Referensi',
  amount: 'Jumlah',
  checkNow: 'Periksa sekarang',
  checking: 'Memeriksa…',
  nothingNew: 'Belum ada kabar baru.',
  offline: 'Anda sedang offline. Kami memeriksa lagi begitu Anda kembali online.',
};
