package answer

import (
	"slices"
	"strings"

	"reportbot/store/text"
)

// ownerFault refuses a name that stands beside a thing of which the sentence
// names another owner: the intelligence of Ukraine for that of South Korea.
func ownerFault(s *statement, r *reading) string {
	for _, name := range s.names {
		if !states[name.state()] {
			continue
		}
		if detail := s.bodyFault(name, r); detail != "" {
			return detail
		}
		u, ok := s.owned(name)
		if !ok {
			continue
		}
		others := ""
		mine := slices.ContainsFunc(r.places(u), func(at int) bool {
			owners := r.owners(at)
			if len(owners) == 0 || slices.ContainsFunc(owners, name.same) || r.beside(at, name) {
				return true
			}
			others = r.text[r.words[owners[0].from].Start:r.words[owners[0].to-1].End]
			return false
		})
		if others != "" && !mine {
			return "the cited sentence says of " + others + " what the claim says of " + s.shown(name.from, name.to)
		}
	}
	return ""
}

// bodyFault refuses a body of which the sentence names another state: "the NIS
// of North Korea".
func (s *statement) bodyFault(state actor, r *reading) string {
	for _, body := range s.names {
		if states[body.state()] || !belongs(s.text, s.words, body, state, s.language) {
			continue
		}
		others := false
		mine := slices.ContainsFunc(r.names, func(have actor) bool {
			if !have.same(body) {
				return false
			}
			for _, owner := range r.names {
				if states[owner.state()] && belongs(r.text, r.words, have, owner, text.Vietnamese) {
					others = true
					if owner.same(state) {
						return true
					}
				}
			}
			return false
		})
		if others && !mine {
			return "the cited sentence says of another state what the claim says of " + s.shown(state.from, state.to)
		}
	}
	return ""
}

// belongs reports whether the name of a state stands beside that of a body as
// whose it is: "NIS của Hàn Quốc", "Ukraine's GUR".
func belongs(s string, words []text.Word, body, state actor, language text.Language) bool {
	if language == text.English {
		return state.to == body.from || state.to == body.from-1 && words[state.to].Exact == "s"
	}
	if body.to > state.from || strings.ContainsAny(s[words[body.to-1].End:words[state.from].Start], ",;:") {
		return false
	}
	return body.to == state.from || body.to == state.from-1 && words[body.to].Exact == "của"
}

// owned returns the thing that a name of the claim stands beside as its owner.
func (s *statement) owned(name actor) (unit, bool) {
	for _, u := range s.said {
		if u.name {
			continue
		}
		switch {
		case s.language == text.Vietnamese:
			if u.to == name.from || u.to == name.from-1 && s.words[u.to].Exact == "của" {
				return u, true
			}
		case s.language == text.English:
			if u.from == name.to || u.from == name.to+1 && s.words[name.to].Exact == "s" {
				return u, true
			}
		}
	}
	return unit{}, false
}

// beside reports whether a name stands near the thing at word at.
func (r *reading) beside(at int, name actor) bool {
	return slices.ContainsFunc(r.names, func(have actor) bool {
		return have.same(name) && r.clause[have.from] == r.clause[at] && have.from < at+7 && have.to > at-5
	})
}

// possessions are what a state is named behind: its intelligence, its officials.
var possessions = wordSet(`tình_báo truyền_thông nhà_nước quan_chức chính_phủ học_giả đại_sứ công_nhân phi_công sĩ_quan vệ_tinh tên_lửa tàu_chở
	quốc_phòng ngoại_giao quân_sự tổng_thống công_tố quốc_hội lãnh_đạo bộ_trưởng thứ_trưởng nghị_sĩ lập_pháp phát_ngôn đoàn_đại phái_đoàn
	ngân_hàng kinh_tế lãnh_thổ biên_giới công_dân không_quân hải_quân bộ_binh lữ_đoàn tiểu_đoàn sư_đoàn đơn_vị tham_mưu liên_quân 
	chuyên_gia kỹ_sư nhà_ngoại tổ_chức cơ_quan hãng_tin thông_tấn truyền_hình báo_chí nhân_viên thống_nhất liên_minh vũ_khí`)

// owners returns the states named right behind the possession that begins at
// word at, or whose first words do.
func (r *reading) owners(at int) []actor {
	end := at
	for end+1 < len(r.words) && possessions[r.words[end].Exact+"_"+r.words[end+1].Exact] {
		end += 2
	}
	if end == at {
		return nil
	}
	if end < len(r.words) && r.words[end].Exact == "của" {
		end++
	}
	var owners []actor
	for _, name := range r.names {
		if states[name.state()] && name.from == end {
			owners = append(owners, name)
		}
	}
	return owners
}

// speakers are the names that a text gives as who says what it says: before a
// word of saying, or behind "according to".
func speakers(s string, words []text.Word, names []actor) []actor {
	var all []actor
	for _, name := range names {
		if saidBy(s, words, name) {
			all = append(all, name)
		}
	}
	return all
}

// sayings are words of saying; attributions stand before who says it.
var (
	sayings = wordingsOf(`nói,cho biết,cho hay,tuyên bố,báo cáo,cảnh báo,đưa tin,lưu ý,nhấn mạnh,đánh giá,xác nhận,thông báo,công bố,cáo buộc,phát hiện,khẳng định,nhận xét,nhận định,cho rằng,lập luận,nêu,tin rằng,` +
		`said,says,say,stated,states,reported,reports,report,warned,warns,noted,notes,stressed,assessed,assesses,confirmed,confirms,announced,announces,claimed,claims,alleged,alleges,argued,argues,found,told,believes,believed,observed`)
	attributions = wordingsOf(`theo,theo lời,theo tuyên bố của,theo báo cáo của,theo đánh giá của,theo ước tính của,dẫn lời,lời,according to`)
)

// saidBy reports whether a name is who says it. What stands between the name and
// the word of saying may only say more of the name.
func saidBy(s string, words []text.Word, name actor) bool {
	for i := name.to; i < min(len(words), name.to+3); i++ {
		if strings.ContainsAny(s[words[i-1].End:words[i].Start], ",;:–—(") || parting[words[i].Exact] {
			break
		}
		if _, ok := sayings.at(words, i); ok {
			return true
		}
	}
	for i := max(0, name.from-6); i < name.from; i++ {
		if _, ok := attributions.at(words, i); ok && !strings.ContainsAny(s[words[i].End:words[name.from].Start], ",;:–—(") {
			return true
		}
	}
	return false
}

// speakerFault refuses a statement that gives as who says it somebody whom the
// sentence only names, behind somebody else who says it.
func speakerFault(s *statement, r *reading) string {
	if s.foreign() || len(r.speakers) == 0 {
		return ""
	}
	for _, name := range speakers(s.text, s.words, s.names) {
		named, says := false, false
		for i, have := range r.names {
			if have.same(name) {
				named = true
				says = says || r.mayBeSpeaker(i)
			}
		}
		if named && !says {
			return "in the cited sentence it is not said by " + s.shown(name.from, name.to)
		}
	}
	return ""
}

// mayBeSpeaker reports whether name i of the sentence may say something there:
// a word of saying follows, or it stands in an attribution.
func (r *reading) mayBeSpeaker(i int) bool {
	name := r.names[i]
	for j := name.to; j < len(r.words); j++ {
		if _, ok := sayings.at(r.words, j); ok || r.words[j].Exact == "biết" {
			return true
		}
	}
	for j := max(0, name.from-14); j < name.from; j++ {
		_, attributed := attributions.at(r.words, j)
		if _, said := sayings.at(r.words, j); attributed || said && j+3 >= name.from-1 {
			return true
		}
	}
	return false
}
