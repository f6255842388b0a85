import type { Catalogue } from '../en.ts';

/** Indonesian texts of `<lesspay-bank-picker>`. */
export const bankPicker: Catalogue['bankPicker'] = {
  'picker.label': 'Bank',
  'picker.list': 'Daftar bank',
  'picker.close': 'Tutup',
  'picker.choose': 'Pilih bank',
  'picker.loading': 'Memuat daftar bank…',
  'picker.none': 'Tidak ada bank yang cocok dengan “{query}”.',
  'picker.none.other': 'Tidak ada di daftar: “{query}” dipakai seperti yang diketik.',
  'picker.empty': 'Saat ini tidak ada bank yang tersedia.',
  'picker.failed': 'Daftar bank tidak dapat dimuat.',
  'picker.failed.other': 'Daftar bank tidak dapat dimuat. Ketik nama bank.',
  'picker.retry': 'Coba lagi',
  'picker.stale': 'Daftar dari {age}; tidak dapat diperbarui.',
  'picker.unavailable': 'sedang tidak tersedia',
  'picker.count': 'Bank ditemukan: {count}',
  'picker.more': '{count} lagi: teruskan mengetik',
  'picker.required': 'Pilih bank.',
  'picker.unknown': 'Pilih bank dari daftar.',
  'picker.offline': 'Anda sedang offline. Daftar bank dimuat begitu Anda kembali online.',
  'picker.offline.other': 'Anda sedang offline. Ketik nama bank.',
  'picker.recent': 'pernah dipilih',
};
