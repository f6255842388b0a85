import type { BatchField } from './columns.ts';

/**
 * What spreadsheets call the columns of a payout, by field: English, Indonesian, Malay, Filipino, Portuguese, Hindi,
 * Thai, Vietnamese, Chinese (both scripts), Japanese, Korean, Spanish and Arabic, separated by `|`. Made when a file is
 * read: 11 kB.
 */
export const headerWords = (): Readonly<Record<BatchField, string>> => ({
  reference:
    'reference|ref|payment reference|invoice|invoice number|invoice no|payout id|order id|nomor referensi|referensi|nomor faktur|no faktur|faktur|no invoice|invois|rujukan|no rujukan|nombor invois|sanggunian|numero ng invoice|referência|número da fatura|nota fiscal|nosso número|संदर्भ|संदर्भ संख्या|चालान संख्या|เลขอ้างอิง|อ้างอิง|เลขที่ใบแจ้งหนี้|mã tham chiếu|tham chiếu|số hóa đơn|参考号|参考编号|商户订单号|订单号|发票号|參考編號|參考號|商戶訂單號|訂單號|發票號碼|参照番号|請求書番号|整理番号|참조번호|참조 번호|청구서 번호|referencia|número de factura|المرجع|رقم المرجع|رقم الفاتورة|número de pago|folio|identificador|nº do pedido|número do pagamento|numero ng padala|numero ng order|भुगतान संख्या|रेफ़रेंस नंबर|ऑर्डर संख्या|رقم العملية|رقم الدفعة|رقم الطلب|الرقم المرجعي',
  amount:
    'amount|sum|value|payout amount|jumlah|nominal|jumlah bayar|amaun|jumlah bayaran|halaga|valor|montante|quantia|राशि|रकम|จำนวนเงิน|ยอดเงิน|số tiền|金额|付款金额|金額|付款金額|支払金額|振込金額|금액|지급액|importe|monto|cantidad|المبلغ|القيمة|monto a pagar|importe a pagar|valor a pagar|halagang babayaran|भुगतान राशि|مبلغ التحويل|المبلغ المستحق',
  currency:
    'currency|currency code|mata uang|mata wang|pera|salapi|moeda|मुद्रा|สกุลเงิน|tiền tệ|loại tiền|币种|货币|幣別|貨幣|通貨|통화|moneda|divisa|العملة|código de moneda|código da moeda|मुद्रा कोड|رمز العملة',
  method:
    'method|payout method|payment method|metode|cara bayar|kaedah|kaedah bayaran|paraan|método|forma de pagamento|तरीका|भुगतान विधि|วิธีการ|วิธีจ่ายเงิน|phương thức|付款方式|支付方式|方式|支払方法|送金方法|지급 방법|forma de pago|método de pago|طريقة الدفع|send to|kirim ke|ipadala sa|enviar a|enviar para|medio de pago|कहाँ भेजें|भुगतान का तरीका|माध्यम|طريقة التحويل|وسيلة الدفع',
  provider:
    'provider|wallet|wallet provider|e wallet|ewallet|dompet|dompet digital|penyedia|e dompet|pembekal|pitaka|carteira|provedor|वॉलेट|กระเป๋าเงิน|อีวอลเล็ต|ผู้ให้บริการวอลเล็ต|nhà cung cấp ví|ví điện tử|ví|钱包|电子钱包|錢包|電子錢包|ウォレット|지갑|전자지갑|billetera|monedero|proveedor|المحفظة|billetera digital|carteira digital|ई वॉलेट|المحفظة الإلكترونية|محفظة',
  country:
    'country|bank country|country code|negara|negara bank|bansa|país|país do banco|देश|ประเทศ|quốc gia|nước|国家|国家代码|國家|国|国名|국가|país del banco|الدولة|البلد|país del beneficiario|país do favorecido|bansa ng bangko|बैंक का देश|بلد البنك',
  accountType:
    'account type|type|tipe|tipo|holder type|beneficiary type|recipient type|jenis pemilik|tipe penerima|jenis penerima|jenis akaun|uri ng account|tipo de titular|tipo de conta|खाता प्रकार|ประเภทบัญชี|ประเภทผู้รับ|loại tài khoản|loại người nhận|账户类型|收款人类型|帳戶類型|收款人類型|口座名義種別|受取人区分|계좌 유형|수취인 유형|tipo de cuenta|tipo de beneficiario|نوع الحساب|نوع المستفيد|uri ng may ari|tipo de persona|tipo de pessoa|खाताधारक का प्रकार|نوع صاحب الحساب',
  holderName:
    'account holder|holder|holder name|account name|name|recipient|recipient name|beneficiary|beneficiary name|payee|payee name|nama pemilik rekening|pemilik rekening|nama|nama penerima|nama rekening|penerima|nama pemegang akaun|pemegang akaun|may ari ng account|pangalan|tumatanggap|titular|titular da conta|nome|nome do titular|favorecido|beneficiário|खाताधारक|खाताधारक का नाम|नाम|लाभार्थी|ชื่อบัญชี|ชื่อ|ชื่อผู้รับ|ผู้รับเงิน|chủ tài khoản|tên chủ tài khoản|tên|người nhận|người thụ hưởng|户名|账户名|收款人|收款人姓名|姓名|戶名|帳戶名稱|口座名義|口座名義人|氏名|名前|受取人|受取人名|예금주|예금주명|이름|수취인|수취인명|titular de la cuenta|nombre|nombre del titular|beneficiario|صاحب|اسم|صاحب الحساب|اسم صاحب الحساب|الاسم|المستفيد|اسم المستفيد|nombre completo|razón social|nombre del beneficiario|nome completo|razão social|nome do favorecido|tatanggap|pangalan ng tatanggap|pangalan ng may ari ng account|प्राप्तकर्ता|प्राप्तकर्ता का नाम|लाभार्थी का नाम|الاسم الكامل|اسم المستلم|المستلم',
  firstName:
    'first name|given name|forename|nama depan|nama pertama|unang pangalan|primeiro nome|प्रथम नाम|ชื่อจริง|tên gọi|名字|名|이름 성 제외|primer nombre|nombre de pila|الاسم الأول|पहला नाम',
  lastName:
    'last name|surname|family name|nama belakang|nama keluarga|apelyido|sobrenome|उपनाम|นามสกุล|họ|姓|姓氏|성|apellido|apellidos|اسم العائلة|الكنية|कुलनाम',
  dateOfBirth:
    'date of birth|birth date|birthday|dob|tanggal lahir|tarikh lahir|petsa ng kapanganakan|data de nascimento|जन्म तिथि|วันเกิด|ngày sinh|出生日期|生年月日|생년월일|fecha de nacimiento|تاريخ الميلاد',
  nationality:
    'nationality|citizenship|kewarganegaraan|warganegara|nasyonalidad|nacionalidade|राष्ट्रीयता|สัญชาติ|quốc tịch|国籍|國籍|국적|nacionalidad|الجنسية',
  bankName:
    'bank|bank name|nama bank|bangko|pangalan ng bangko|banco|nome do banco|बैंक|बैंक का नाम|ธนาคาร|ชื่อธนาคาร|ngân hàng|tên ngân hàng|银行|银行名称|开户行|銀行|銀行名稱|收款银行|收款銀行|銀行名|金融機関名|은행|은행명|nombre del banco|البنك|بنك|اسم البنك|المصرف|banco destino|banco del beneficiario|banco do favorecido|banco de destino|प्राप्तकर्ता बैंक|اسم المصرف',
  bic: 'bic|swift|swift code|swift bic|bic swift|bank code swift|kode swift|kod swift|código swift|स्विफ्ट कोड|รหัส swift|mã swift|swift代码|swift 代碼|swiftコード|swift 코드|رمز سويفت|سويفت|código bic|code ng swift|رمز السويفت|رمز البنك سويفت',
  iban: 'iban|iban number|nomor iban|número iban|آيبان|رقم الآيبان',
  accountNumber:
    'account number|account no|account|acct|acct no|wallet number|wallet account|mobile|mobile number|gcash number|nomor rekening|no rekening|rekening|nomor dompet|nomor ponsel|nomor hp|nombor akaun|no akaun|akaun|numero ng account|numero ng cellphone|conta|número da conta|conta corrente|खाता संख्या|खाता नंबर|เลขที่บัญชี|เลขบัญชี|หมายเลขบัญชี|số tài khoản|tài khoản|stk|账号|银行账号|收款账号|卡号|帳號|銀行帳號|收款帳號|口座番号|계좌번호|계좌 번호|número de cuenta|cuenta|nº de cuenta|رقم الحساب|الحساب|حساب|cuenta destino|cuenta clabe|clabe|cbu|cci|conta destino|número da carteira|número de la billetera|número de billetera|numero ng wallet|वॉलेट नंबर|رقم المحفظة|رقم حساب المستفيد|ウォレット番号|전자지갑 번호|nombor e dompet|หมายเลขวอลเล็ต|số ví|钱包账号|錢包帳號',
  'codes.bankCode':
    'bank code|kode bank|kod bank|código do banco|número do banco|बैंक कोड|รหัสธนาคาร|mã ngân hàng|银行代码|銀行代碼|銀行コード|銀行番号|金融機関コード|은행코드|은행 코드|código del banco|رمز البنك|code ng bangko|número del banco|बैंक संख्या|كود البنك',
  'codes.branchCode':
    'branch code|branch no|transit number|kode cabang|kod cawangan|agência|código da agência|शाखा कोड|รหัสสาขา|mã chi nhánh|支行代码|分行代码|分行代碼|支店コード|支店番号|지점코드|código de sucursal|sucursal|رمز الفرع|code ng sangay|número de sucursal|número da agência|كود الفرع',
  'codes.ifsc': 'ifsc|ifsc code|आईएफएससी|आईएफएससी कोड|ifsc कोड|رمز ifsc',
  'codes.bsb': 'bsb|bsb code|bsb number|รหัส bsb|bsb कोड|رمز bsb',
  'codes.aba':
    'aba|aba number|routing number|routing|ach routing|fedwire|aba 路由号码|aba 路由號碼|abaルーティング番号|aba 라우팅 번호',
  'codes.sortCode': 'sort code|sortcode|ソートコード|소트 코드|सॉर्ट कोड',
  'codes.cnaps': 'cnaps|cnaps code|联行号|大额行号|聯行號',
  branchName:
    'branch|branch name|cabang|nama cabang|cawangan|sangay|nome da agência|शाखा|สาขา|chi nhánh|支行|支行名称|分行名稱|分行|支店|支店名|지점|지점명|nombre de sucursal|الفرع|nombre de la sucursal|pangalan ng sangay|शाखा का नाम|اسم الفرع',
  bankProvince:
    'bank province|province of the bank|provinsi bank|negeri bank|lalawigan ng bangko|estado do banco|จังหวัดของธนาคาร|tỉnh của ngân hàng|开户省|开户省份|開戶省份|銀行所在地の州 省|은행 소재 주 성|provincia del banco|província do banco|बैंक का प्रांत|مقاطعة البنك',
  bankCity:
    'bank city|city of the bank|kota bank|bandar bank|lungsod ng bangko|cidade do banco|thành phố của ngân hàng|开户市|开户城市|開戶城市|เมืองของธนาคาร|銀行所在地の都市|은행 소재 도시|ciudad del banco|बैंक का शहर|مدينة البنك',
  purposeCode:
    'purpose code|purpose|purpose of payment|kode tujuan|tujuan pembayaran|kod tujuan|layunin|finalidade|código de finalidade|उद्देश्य|วัตถุประสงค์|mục đích|用途|付款用途|送金目的|송금 목적|finalidad|propósito|الغرض|الغرض من الدفع|código de propósito|उद्देश्य कोड|رمز الغرض',
  accountKind:
    'kind of account|account kind|checking or savings|macam rekening|kategori akaun|ชนิดบัญชี|phân loại tài khoản|账户种类|帳戶種類|口座種別|預金種目|예금 종류|계좌 종류|clase de cuenta|modalidade da conta|klase ng account|खाते की श्रेणी|فئة الحساب',
  depositKey:
    'pix key|pix|deposit key|kunci pix|kekunci pix|chave pix|chave|पिक्स कुंजी|คีย์ pix|khóa pix|pix密钥|pix 金鑰|pixキー|pix 키|clave pix|llave pix|مفتاح pix|pix कुंजी',
  depositKeyType:
    'pix key type|deposit key type|key type|jenis kunci pix|jenis kekunci pix|tipo de chave|tipo da chave pix|tipo de chave pix|tipo de clave pix|ประเภทคีย์ pix|loại khóa pix|pix密钥类型|pix 金鑰類型|pixキーの種類|pix 키 유형|uri ng pix key|pix कुंजी का प्रकार|نوع مفتاح pix',
  taxId:
    'tax id|tax number|tin|npwp|nomor pajak|nombor cukai|cpf|cnpj|cpf cnpj|पैन|pan|เลขประจำตัวผู้เสียภาษี|mã số thuế|税号|統一編號|稅號|納税者番号|사업자등록번호|납세자번호|rfc|nif|رقم ضريبي|الرقم الضريبي|identificación fiscal|identificação fiscal|कर पहचान संख्या|rut|ruc|cuit|nit',
  nationalId:
    'national id|id number|identity number|nik|ktp|nomor identitas|kad pengenalan|no kad pengenalan|nombor pengenalan diri|nric|आधार|เลขบัตรประชาชน|เลขบัตรประจำตัวประชาชน|số giấy tờ tùy thân|số cccd|cccd|cmnd|身份证号|身份证件号码|身分證字號|身分證件號碼|身分証明書番号|주민등록번호|신분증 번호|documento|número de documento|curp|رقم الهوية|cnic|cédula|dni|documento de identidad|documento de identidade|पहचान संख्या|राष्ट्रीय पहचान संख्या|الهوية الوطنية',
  email:
    'email|e mail|email address|surel|alamat email|emel|alamat emel|correio eletrônico|ईमेल|อีเมล|邮箱|电子邮件|電子郵件|メール|メールアドレス|이메일|correo|correo electrónico|البريد الإلكتروني|email ng tatanggap|ईमेल पता',
  phone:
    'phone|phone number|telephone|tel|telepon|nomor telepon|telefon|nombor telefon|telepono|telefone|celular|फोन|मोबाइल|โทรศัพท์|เบอร์โทรศัพท์|điện thoại|số điện thoại|电话|手机|電話|手機|電話番号|전화|전화번호|teléfono|móvil|الهاتف|رقم الهاتف|الجوال|número de teléfono|número de celular|número de telefone|numero ng telepono|फ़ोन नंबर|मोबाइल नंबर|رقم الجوال|جوال',
  'address.line1':
    'address|street|street address|alamat|jalan|tirahan|endereço|rua|पता|ที่อยู่|địa chỉ|地址|住址|住所|주소|dirección|calle|العنوان|calle y número|rua e número|kalye at numero|kalye|jalan dan nomor|मकान नंबर और गली|الشارع ورقم المبنى|الشارع',
  'address.line2':
    'address line 2|address 2|apartment|suite|unit|complemento|alamat 2|alamat baris 2|ที่อยู่บรรทัดที่ 2|địa chỉ dòng 2|地址2|住所2|상세 주소|dirección 2|alamat baris kedua|ikalawang linya ng address|पते की दूसरी पंक्ति|تكملة العنوان',
  'address.city': 'city|town|kota|bandar|lungsod|cidade|शहर|เมือง|thành phố|城市|市|市区町村|도시|ciudad|المدينة',
  'address.state':
    'state|province|region|provinsi|negeri|lalawigan|estado|राज्य|จังหวัด|tỉnh|省|省份|都道府県|도|주|provincia|الولاية|المحافظة|राज्य या प्रांत',
  'address.postalCode':
    'postal code|postcode|zip|zip code|kode pos|poskod|cep|पिन कोड|รหัสไปรษณีย์|mã bưu điện|邮编|邮政编码|郵遞區號|郵便番号|우편번호|código postal|الرمز البريدي|पोस्टल कोड',
  'address.country':
    'country of residence|residence|address country|negara tempat tinggal|negara kediaman|ประเทศที่พำนัก|quốc gia cư trú|país de residência|居住国|居住國|거주 국가|país de residencia|بلد الإقامة|bansang tinitirhan|निवास का देश',
  bankId: 'bank id|leanx bank|payout service id|id bank',
  recipientReference:
    'recipient reference|reference for the recipient|message|statement text|berita|berita transfer|keterangan|rujukan penerima|mensagem|descrição|संदेश|ข้อความ|nội dung|附言|备注|備註|摘要|振込メッセージ|메모|적요|수취인 통장 표시|concepto|mensaje|الرسالة|البيان|concepto para el beneficiario|mensagem para o favorecido|mensahe|mensahe para sa tatanggap|टिप्पणी|प्राप्तकर्ता के लिए टिप्पणी|受取人向け摘要',
});
