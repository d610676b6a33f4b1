package report

import "testing"

// Where no blank line stands anywhere, as between the paragraphs of a PDF, each line
// may begin notes.
func TestFootnotesPerPageWithoutBlankLines(t *testing.T) {
	r := read(t, "Bến thuyền\nBến dài 20 mét.1 Nó rộng.2\n1. Sách một\n2. Sách hai\nBến mới mở.3\n3. Sách ba\n")
	if got, want := wholeReading(r), "Bến dài 20 mét. {1} Nó rộng. {2}\nBến mới mở. {3}\n1: Sách một\n2: Sách hai\n3: Sách ba"; got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
}

// Notes stand at the feet of pages or at the ends of sections, too.
func TestFootnotesPerPage(t *testing.T) {
	const page = "Bến chính của xã được xây năm 1994 và sửa lại vào năm 2011 bằng vốn của tỉnh"
	for _, test := range []struct{ name, text, want string }{
		{
			"numbers in brackets",
			page + ".[1] Bến đón khách.[2]\n\n[1] Sách một\n[2] Sách hai\n\nBến phụ được mở vào năm 2015.[3] Nó nhỏ.\n\n[3] Sách ba",
			page + ". {1} Bến đón khách. {2}\nBến phụ được mở vào năm 2015. {3} Nó nhỏ. {}\n1: Sách một\n2: Sách hai\n3: Sách ba",
		},
		{
			"figures that a program has taken out of a PDF, on each page from 1, with a paragraph over two pages",
			page + ".1 Từ đó\nđến nay bến đón khoảng 12.000 lượt khách mỗi năm,2 và phần lớn là khách của các tỉnh ở\n\n1 Sách một, https://a.com/1\n2 Sách hai\n\n12\n\f\n" +
				"phía nam đi thuyền vào mùa hè để về quê. Bến phụ được mở vào năm 2015 trên 5 km2 đất, với\nnước H2O, cho mùa khách.1\n\n1 Báo Mây\n\n13\n",
			page + ". {1} Từ đó đến nay bến đón khoảng 12.000 lượt khách mỗi năm, và phần lớn là khách của các tỉnh ở phía nam đi thuyền vào mùa hè để về quê. {2}" +
				" Bến phụ được mở vào năm 2015 trên 5 km2 đất, với nước H2O, cho mùa khách. {3}\n1: Sách một, https://a.com/1\n2: Sách hai\n3: Báo Mây",
		},
		{
			"such figures with one list at the end",
			"Bến dài 20 mét.1 Nó rộng 5 mét,2 và sâu.3\n\nTài liệu tham khảo\n1. Sách một, 2020.\n2. Sách hai, 2021.\n3. Sách ba, 2022.",
			"Bến dài 20 mét. {1} Nó rộng 5 mét, và sâu. {2 3}\n1: Sách một, 2020.\n2: Sách hai, 2021.\n3: Sách ba, 2022.",
		},
		{
			"superscripts",
			"Bến dài.¹ Nó rộng 5 km².\n\n¹ Sách một\n\nBến phụ nhỏ.² Hết.\n\n² Sách hai",
			"Bến dài. {1} Nó rộng 5 km². {}\nBến phụ nhỏ. {2} Hết. {}\n1: Sách một\n2: Sách hai",
		},
		{
			"signs",
			"Bến dài.* Nó rộng 5*3 mét.**\n\n* Theo tỉnh\n** Theo xã\n\nBến mới mở.* Hết.\n\n* Theo huyện",
			"Bến dài. {1} Nó rộng 5*3 mét. {2}\nBến mới mở. {3} Hết. {}\n1: Theo tỉnh\n2: Theo xã\n3: Theo huyện",
		},
		{
			"under headings of their own",
			"Một\n\nBến dài.[1]\n\nGhi chú\n[1] Sách một\n\nHai\n\nBến rộng.[1] Hết.\n\nGhi chú\n[1] Sách hai",
			"(Một) Bến dài. {1}\n(Hai) Bến rộng. {2} Hết. {}\n1: Sách một\n2: Sách hai",
		},
		{
			"a paragraph that begins with a marker is no note",
			"Theo bản đồ [1], bến dài.\n\n[1] nói rằng bến đẹp.\n\nGhi chú\n[1] Sách một\n[2] Sách hai",
			"Theo bản đồ, bến dài. {1}\nnói rằng bến đẹp. {}\n1: Sách một\n2: Sách hai",
		},
		{
			"a list below a marker is no list of notes",
			"Bến dài.¹ Nó rộng.²\n\n1. Thuyền nhỏ được đậu.\n2. Thuyền lớn thì không.\n\nHết rồi.\n\nGhi chú\n1. Sách một\n2. Sách hai",
			"Bến dài. {1} Nó rộng. {2}\n1. Thuyền nhỏ được đậu. {}\n2. Thuyền lớn thì không. {}\nHết rồi. {}\n1: Sách một\n2: Sách hai",
		},
		{
			"a list of bullets below a sign",
			"Bến dài (*), và rộng.\n\n* Thuyền nhỏ\n* Thuyền lớn\n\nHết rồi.",
			"Bến dài (*), và rộng. {}\nThuyền nhỏ {}\nThuyền lớn {}\nHết rồi. {}",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := Parse([]byte("Bài viết\n\nMở đầu thôi.\n\n" + test.text + "\n"))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := wholeReading(r), "Mở đầu thôi. {}\n"+test.want; got != want {
				t.Errorf("read\n%s\nwant\n%s\nwarnings %q", got, want, r.Warnings)
			}
		})
	}
}
