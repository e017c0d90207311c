extension NamePairs {
  /// One name, written before the rules were run.
  static let unseenSame = pairs(
    """
    Tjilik Riwut|Cilik Riwut
    Jansen Binti|Yansen Binti
    Hambit Bintih|Hambit Binti
    Sahay Djaya|Sahai Jaya
    Nyahu Luhing|Njahu Luhing
    Rachel Tundan|Rahel Tundan
    Gerson Toendjan|Gerson Tunjan
    Christina Njai|Kristina Nyai
    Johannes Oenggang|Yohanes Unggang
    Elizabeth Dehen|Elisabeth Dehen
    Theresia Ringu|Teresia Ringu
    Yoseph Bungai|Yosef Bungai
    Marcus Sawang|Markus Sawang
    Michael Narang|Mikael Narang
    Esther Kameloh|Ester Kameloh
    Matheus Nandjan|Mateus Nanjan
    Djagau|Jagau
    Sangkay|Sangkai
    Lentji|Lenci
    Paulus Uray|Paulus Urai
    Pilipus Kuling|Philipus Kuling
    Agustinus Luin|Augustinus Luin
    Stevanus Ngau|Stefanus Ngau
    Veronika Lahai|Veronica Lahai
    Fransiskus Laway|Franciscus Lawai
    Sesilia Usun|Cecilia Usun
    Yacobus Layang|Yakobus Layang
    Thomas Djuk|Tomas Juk
    Lidia Iting|Lydia Iting
    Yulianus Asang|Julianus Asang
    Ruth Bulan|Rut Bulan
    Hendrikus Bato|Hendricus Bato
    H. Syarkawi|Sarkawi
    Norhayati|Nurhayati
    Noorhalimah|Norhalimah
    Hj. Masitah|Masithah
    Rusmiati|Roesmiati
    Sapiah|Safiah
    Mastora|Mastura
    Rahmaniah|Rachmaniyah
    Ahmad Gajali|Ahmad Ghazali
    Fahrurrazi|Pahrurazi
    Fahrul Raji|Fachrul Razi
    Muhammad Arsyad|Muhammad Arsad
    Abdul Syukur|Abdus Syukur
    Jumiatul Aslamiah|Jumiyatul Aslamiyah
    Masniah|Masniyah
    Gusti Khairun Nisa|Gusti Khairunnisa
    Antung Zubaidah|Antung Jubaidah
    Rusdiansyah|Rusdiyansah
    Herliansyah|Herliyansyah
    Akhmad Bukhari|Ahmad Buhari
    Syamsudin Noor|Samsuddin Nur
    Hairunnisa|Khairunnisa
    Hairul Saleh|Khairul Saleh
    Saleh|Shaleh
    Sholihin|Solikhin
    Ainun Jariah|Ainun Jariyah
    Zainudin|Jainuddin
    Zamroni|Jamroni
    Nafisah|Napisah
    Hafsah|Hapsah
    Arifin|Aripin
    Saifullah|Syaifullah
    Saipul Bahri|Syaiful Bahri
    Maulida|Maulidah
    Rabiatul Adawiyah|Rabiatul Adawiah
    Mas'udah|Masudah
    Sa'diyah|Sadiah
    Ni'matul Jannah|Nikmatul Jannah
    Ma'mun|Makmun
    Soekotjo|Sukoco
    Poerwanto|Purwanto
    Soemarni|Sumarni
    Hartojo|Hartoyo
    Soetedjo|Sutejo
    Moeljono|Mulyono
    Mulyani|Muliani
    Koesnadi|Kusnadi
    Ngadijo|Ngadiyo
    Tukiyem|Tukijem
    Djumirah|Jumirah
    Wagiyo|Wagio
    Paidjo|Paijo
    Setyowati|Setiowati
    Setyaningsih|Setianingsih
    Rahayu Ningsih|Rahayuningsih
    Dwi Jayanti|Dwijayanti
    Tri Wahyudi|Triwahyudi
    Wiji Lestari|Widji Lestari
    Suyatmi|Soejatmi
    Sudjono|Sujono
    Soedjatmiko|Sujatmiko
    Tjokro Aminoto|Cokroaminoto
    Mochamad Cholil|Muhammad Kholil
    Choirunnisa|Khoirun Nisa
    Nur Chasanah|Nur Khasanah
    Nur Hasanah|Nurkhasanah
    Umi Kulsum|Ummi Kultsum
    Siti Zulaikha|Siti Zulaikhah
    Romadhon|Ramadhan
    Fatkhur Rohman|Fathurrahman
    Kholid|Khalid
    Suhartatik|Soehartatiek
    Endang Sulistyowati|Endang Sulistiyowati
    Wahyuningsih|Wahjoeningsih
    Agoes Setiawan|Agus Setyawan
    Bambang Soebroto|Bambang Subroto
    Yuni Astutik|Yuni Astuti
    Eko Prasetyo|Eko Prasetio
    Tri Yulianti|Tri Julianti
    Dyah Ayu|Diah Ayu
    Diyah Ayu|Dyah Ayu
    Ratih Kumala|Ratih Koemala
    Sri Mulyati|Srie Moeljati
    Budi Santoso|Budi Santosa
    Hosnan|Husnan
    Holifah|Kholifah
    Sitti Maryam|Siti Mariyam
    Abd. Hamid|Abdul Hamid
    Abdus Somad|Abdul Shomad
    Achmad Fauzi|Ahmad Fausi
    Moh. Ra'is|Muhammad Rais
    Marhamah|Marhama
    Suhriyah|Suhriah
    Hotimah|Khotimah
    Khatijah|Hatijah
    Jamilatun|Djamilatun
    Mohammad Toha|Moh. Thoha
    Ach. Zaini|Ahmad Zaini
    Abd Azis|Abdul Aziz
    M. Yusuf|Muhammad Yusuf
    Tjandra Halim|Chandra Halim
    Tan Tjeng Bok|Tan Ceng Bok
    Oei Hong|Oey Hong
    Liem Swie King|Lim Swi King
    Ong Tjoe|Ong Cu
    Kwee Mei Lan|Kwee Meilan
    Thio Giok Nio|Tio Giok Nio
    Lioe A Fat|Liu A Fat
    Tjhin Mei Lin|Chin Mei Lin
    Bong Siau Lan|Bong Siaw Lan
    Wibowo Gunawan|Wibowo Goenawan
    Hartono Widjaja|Hartono Wijaya
    Susanto Kusuma|Soesanto Koesoema
    Jenny Tanuwijaya|Yenny Tanuwidjaja
    Yuliana Ong|Juliana Ong
    Steven Tjahjadi|Stephen Cahyadi
    Abdurrahman Wahid|Abdul Rachman Wachid
    Abdullah|Abdulloh
    Ubaidillah|Ubaidilah
    Nurul Aini|Nurul 'Aini
    Zulkarnain|Dzulkarnaen
    Faishal|Faisal
    Taufiq|Taufik
    Taufik|Topik
    Rizqi|Rizky
    Ridwan|Ridhwan
    Luthfi|Lutfi
    Thoyibah|Toyyibah
    Muhammad Al Fatih|Muhammad Alfatih
    Aisyah Humaira|Aisya Humairah
    Khadijah|Chadijah
    Asy'ari|Asyari
    Wachid Hasyim|Wahid Hasjim
    Qurrotul Ayun|Qurrotul A'yun
    Zaenab|Zainab
    Nuruddin|Noeroeddin
    Jalaluddin|Djalaludin
    Yahya|Yahia
    Yasin|Jasin
    Musthofa|Mustofa
    Mustafa|Mustopa
    Ikhsan|Ihsan
    Muchlis|Mukhlis
    Shinta|Sinta
    Bachtiar|Bakhtiyar
    Alm. Sukardi|Sukardi
    dr. Andi Wijaya, Sp.A|Andi Wijaya
    Hj Rr. Endang Palupi|Endang Palupi
    Apt. Rina Marlina, S.Farm|Rina Marlina
    Ns. Yulia Sari, S.Kep|Yulia Sari
    Bdn. Siti Rahma, S.Tr.Keb|Siti Rahma
    Rina Marlina S.Pd|Rina Marlina
    Drs H Mahyudin|Mahyudin
    KH. Zarkasi|Zarkasyi
    André Latumahina|Andre Latumahina
    """)

  /// Two names, written before the rules were run.
  static let unseenDifferent = pairs(
    """
    Sawang|Sawung
    Lambung|Lembang
    Dehen|Dahan
    Bungai|Bunga
    Ringu|Rangu
    Uhing|Luhing
    Yohanes Sawang|Yohanes Lawang
    Maria Magdalena|Maria Margaretha
    Rusmini|Rusmina
    Masniah|Masnun
    Norjanah|Norlina
    Sarkani|Sarkawi
    Hamsani|Hamsiah
    Mastura|Mastika
    Jumiah|Jumiati
    Ardiansyah|Herdiansyah
    Sumarno|Sumarni
    Wagiman|Wagimin
    Suyatno|Suyatmi
    Mulyono|Mulyani
    Purwanto|Purwanti
    Wahyudi|Wahyuni
    Partini|Partono
    Ngadinem|Ngadiyem
    Lestari|Lastri
    Yudi|Yuda
    Rizal|Rizki
    Sutini|Sutinah
    Eko|Eka
    Dodi|Dudi
    Yoyo|Yuyu
    Juni|Yuni
    Jaya|Yaya
    Andi Saputra|Andi Saputri
    Sri Rahayu|Sri Rahmi
    Misnadi|Misnari
    Sunarto|Sunardi
    Maryam|Maryani
    Holifah|Holilah
    Muhammad Rizki Pratama|Muhammad Rizki Saputra
    Muhammad Rizki|Muhammad Rifki
    Mei Lan|Mei Lin
    Siu Lan|Siu Lin
    Lina Tan|Lani Tan
    Tan Wei|Tan Wai
    Fang Fang|Fong Fong
    Husna|Husni
    Aminah|Amanah
    Zainab|Zainal
    Nuraini|Nurani
    Salim|Salman
    Fadil|Fadli
    Fajar|Fajri
    Abdul Rahim|Abdul Rahman
    Abdul Karim|Abdul Halim
    Abdul Hadi|Abdul Hamid
    Rahmah|Rahmat
    Latif|Latifah
    Basri|Basir
    Jamal|Jamil
    Halimah|Salimah
    Umar|Amar
    Nur Hidayat|Nur Hidayah
    Siti Nurhaliza|Siti Nurhayati
    Siti Nurhayati|Siti Nurhasanah
    Ahmad Yani|Ahmad Yadi
    Salmah|Salamah
    Hasan|Husin
    Muhammad Fadli|Muhammad Fadhilah
    Dian|Dina
    """)
}
